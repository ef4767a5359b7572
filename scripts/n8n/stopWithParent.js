// Loaded into n8n before anything else: the channel to the script that started n8n closes when that script is gone,
// even if it was killed and could not clean up. Then n8n and its task runner, one process group, end too. They are
// killed: n8n's own shutdown comes to a halt once nobody reads its output.
process.on('disconnect', () => {
	if (process.platform === 'win32') process.exit(1);
	process.kill(-process.pid, 'SIGKILL');
});
process.channel?.unref();
