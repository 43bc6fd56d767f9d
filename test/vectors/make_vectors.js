/*
 * make_vectors.js
 *		Signatures made by Huawei's own SDK core, for test/unit/test_sign.c.
 *
 *	npm install --no-save @huaweicloud/huaweicloud-sdk-core@3.1.211
 *	node test/vectors/make_vectors.js > test/vectors/signatures.json
 *
 * The keys in it were made up for this file.
 *
 * The SDK signs the path that Node's URL parser gives it.  That parser takes "?" and "#" in
 * a segment for the end of the path, and escapes some characters that the SDK then escapes
 * again, so that the SDK cannot address such objects at all.  For those cases the segments
 * are handed to the SDK directly, in place of what the parser would say; for all others the
 * script checks that doing so changes nothing.
 */
'use strict';

const assert = require('assert');
const url = require('url');
const { AKSKSigner } = require('@huaweicloud/huaweicloud-sdk-core/auth/AKSKSigner');

const KEY = { access_key: 'VECTORACCESSKEY00001', secret_key: 'vector-secret-key-that-opens-nothing-001' };
const TOKEN = 'vector/security+token=='.repeat(8);
const PROJECT = '0483b6b16e954cb88930a360d2c4e663';
const HOST = 'gaussdb-opengauss.cn-north-4.myhuaweicloud.com';
const DATE = '2021-01-15T01:46:40Z';

const cases = [
	{ name: 'plain list', segments: ['v3', PROJECT, 'instances'] },
	{ name: 'parameters in order', segments: ['v3', PROJECT, 'instances'], query: [['limit', '100'], ['offset', '0']] },
	{ name: 'parameters to be sorted', segments: ['v3', PROJECT, 'backups'],
	  query: [['offset', '0'], ['limit', '100'], ['instance_id', 'abc'], ['begin_time', '2022-05-09T16:01:10+0800'], ['backup_type', 'auto']] },
	{ name: 'names that are beginnings of others', segments: ['v3', 'x'], query: [['a1', '2'], ['a', '1'], ['a-b', '3'], ['a.b', '4'], ['a_b', '5'], ['ab', '6'], ['A', '7']] },
	{ name: 'names that sort otherwise once encoded', segments: ['v3', 'x'], query: [['a-', '1'], ['a=', '2'], ['a b', '3'], ['a[]', '4'], ['aé', '5'], ['a~', '6']] },
	{ name: 'repeated name', segments: ['v3', 'x'], query: [['tag', 'b'], ['tag', 'a'], ['tag', ''], ['tag', 'a b'], ['tag', 'a-b'], ['id', '1']] },
	{ name: 'empty value', segments: ['v3', 'x'], query: [['name', ''], ['limit', '1']] },
	{ name: 'value with wildcard', segments: ['v3', PROJECT, 'instances'], query: [['name', '*prod'], ['id', "*it's"]] },
	{ name: 'value with everything', segments: ['v3', 'x'], query: [['name', '../../x?y#z%00 ü\'";--'], ['q', '&=+/:@,!$()[]{}|\\^`<>~*'], ['u', '数据库 базa 🐘']] },
	{ name: 'segment with everything', segments: ['v3', PROJECT, 'instances', '../../x?y#z%00 ü\'";--', 'configurations'] },
	{ name: 'segment with blanks, plus, tilde, star', segments: ['v3', 'a b', 'c+d', 'e~f', 'g*h', 'i=j&k', '!$\'()', ':@,'] },
	{ name: 'segment in UTF-8', segments: ['v3', '数据库', 'émulé', '🐘'] },
	{ name: 'segment that looks encoded', segments: ['v3', '%2F', '%25', 'a%20b'] },
	{ name: 'segment of dots', segments: ['v3', '...', '.hidden', 'a..b'] },
	{ name: 'post with body', method: 'POST', segments: ['v3', PROJECT, 'backups'], data: { instance_id: 'd8e6ca5a624745bcb546a227aa3ae1cfin14', name: 'backup-test', description: 'nightly, "quoted"\nsecond line' } },
	{ name: 'body in UTF-8', method: 'PUT', segments: ['v3', PROJECT, 'instances', 'x', 'name'], data: { name: 'Größe 数据库 🐘' } },
	{ name: 'empty object as body', method: 'POST', segments: ['v3', PROJECT, 'instances', 'x', 'restart'], data: {} },
	{ name: 'delete without body', method: 'DELETE', segments: ['v3', PROJECT, 'backups', 'x'] },
	{ name: 'delete with body', method: 'DELETE', segments: ['v1.0', PROJECT, 'clusters', 'x'], data: { keep_last_manual_snapshot: 0 } },
	{ name: 'security token', segments: ['v3', PROJECT, 'instances'], security_token: TOKEN },
	{ name: 'security token, body, no project', method: 'POST', segments: ['v3', 'auth', 'x'], project_id: null, security_token: TOKEN, data: [1, 2.5, null, true] },
	{ name: 'no project', segments: ['v3', 'projects'], project_id: null, query: [['name', 'cn-north-4']] },
	{ name: 'no content type', segments: ['v3', 'x'], content_type: null },
	{ name: 'port in the host', segments: ['v3', PROJECT, 'instances'], host: '127.0.0.1:8443' },
	{ name: 'address in the host', segments: ['v3', PROJECT, 'instances'], host: '[::1]:8080' },
	{ name: 'path of a gateway before it', segments: ['gateway', 'gauss-db', 'v3', PROJECT, 'instances'] },
	{ name: 'end of a year', segments: ['v3', 'x'], date: '2024-12-31T23:59:59Z' },
	{ name: 'leap day', segments: ['v3', 'x'], date: '2024-02-29T00:00:00Z' },
];

/* Random, but the same each time. */
let state = 42;
const below = (n) => {
	state = (Math.imul(state, 1103515245) + 12345) >>> 0;
	return (state >>> 8) % n;
};
const ALPHABET = [...'abcXYZ019-._~ !"#$%&\'()*+,/:;<=>?@[\\]^`{|}', 'ü', 'é', '数', '🐘', '%2F', '..'];
const word = (least, most) => Array.from({ length: least + below(most - least + 1) }, () => ALPHABET[below(ALPHABET.length)]).join('');

for (let i = 1; i <= 100; i++) {
	const random = { name: `random ${i}`, method: ['GET', 'POST', 'PUT', 'DELETE'][below(4)],
		segments: ['v3', ...Array.from({ length: 1 + below(4) }, () => 'x' + word(0, 8))],
		query: Array.from({ length: below(7) }, () => [below(3) === 0 ? 'tag' : 'n' + word(0, 4), word(0, 8)]) };

	if (random.method !== 'GET' && below(3) > 0)
		random.data = { [word(1, 5)]: word(0, 20), number: below(1000), list: [word(0, 3), null, false] };
	if (below(3) === 0)
		random.security_token = TOKEN;
	if (below(3) === 0)
		random.project_id = null;
	cases.push(random);
}

const compact = (date) => date.replace(/[-:]/g, '');

function sign(request, segments) {
	const parse = url.parse;

	/* All that the SDK does with a path is to split it. */
	if (segments)
		url.parse = () => ({ host: new URL(request.endpoint).host, pathname: { split: () => ['', ...segments] } });
	try {
		return AKSKSigner.sign(request, { getAk: () => KEY.access_key, getSk: () => KEY.secret_key });
	} finally {
		url.parse = parse;
	}
}

function vector(given) {
	const full = { method: 'GET', host: HOST, query: [], content_type: 'application/json', project_id: PROJECT,
		security_token: null, date: DATE, ...given };
	const headers = { host: full.host, 'X-Sdk-Date': compact(full.date) };
	const queryParams = {};

	if (full.content_type)
		headers['content-type'] = full.content_type;
	if (full.project_id)
		headers['X-Project-Id'] = full.project_id;
	if (full.security_token)
		headers['X-Security-Token'] = full.security_token;
	for (const [name, value] of full.query)
		if (name in queryParams)
			queryParams[name] = [].concat(queryParams[name], value);
		else
			queryParams[name] = value;

	const request = { method: full.method, endpoint: `https://${HOST}/${full.segments.join('/')}`, headers, queryParams, data: full.data };
	const signed = sign(request, full.segments);

	if (full.segments.every((segment) => /^[A-Za-z0-9._~-]+$/.test(segment) && !/^\.+$/.test(segment)))
		assert.strictEqual(sign(request, null).Authorization, signed.Authorization);

	return {
		name: full.name, method: full.method, host: full.host, segments: full.segments, query: full.query,
		content_type: full.content_type, body: full.data === undefined ? null : JSON.stringify(full.data),
		project_id: full.project_id, security_token: full.security_token, ...KEY,
		time: Date.parse(full.date) / 1000,
		path: '/' + full.segments.map((segment) => AKSKSigner.urlEncode(segment)).join('/'),
		query_string: AKSKSigner.CanonicalQueryString(request),
		date: signed['X-Sdk-Date'], authorization: signed.Authorization,
	};
}

process.stdout.write('[\n' + cases.map((given) => JSON.stringify(vector(given))).join(',\n') + '\n]\n');
