const CAUSES: Array<[RegExp, string]> = [
	[
		/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|network/i,
		'npm did not reach the package registry. Check the network, the proxy and the registry npm is set to, and start again',
	],
	[/ENOSPC/, 'the disk is full. Free some space and start again'],
	[/EACCES|EPERM|EROFS/, 'npm may not write to the cache folder'],
	[
		/E404|ETARGET|ENOVERSIONS/,
		'the package registry npm is set to does not have one of the packages',
	],
	[/E401|E403|ENEEDAUTH/, 'the package registry npm is set to asks for a login'],
];

/** What a failed download means, in plain words. */
export function explainDownload(what: string, lastLines: string[]): string {
	const text = lastLines.join('\n');
	const cause = CAUSES.find(([pattern]) => pattern.test(text));
	const reason = cause?.[1] ?? 'npm install did not succeed';
	return `${what} could not be downloaded: ${reason}. npm's last lines:`;
}

/** What it means that n8n's database module is neither fetched ready-made nor compiled. */
export function explainBuild(): string {
	return (
		'n8n is downloaded, but its database module sqlite3 could be neither fetched ready-made nor compiled here. ' +
		"With a C++ compiler and Python 3 installed it is compiled. npm's last lines:"
	);
}
