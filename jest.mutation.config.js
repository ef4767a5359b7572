/** The tests that npm run mutation holds the pure code to. */
module.exports = require('./jest.project.js')('unit', ['unit']);
