# 022_own_tables_rights.pl
#	A table is read with the credential of whoever reads it, and its owner wrote the request: reading
#	one never does more than the reader could know.
use strict;
use warnings;

use Test::More;

use GmfTest;
use GmfRawServer;

my $gmf = GmfTest->new(emulator => [ '--fleet', 5, '--job-seconds', 0 ]);

# "usage" may use the server and make tables, "victim" has a good credential, "owner" owns a server.
$gmf->connect_cloud(mapping => \%GmfEmulator::access_key);
$gmf->sql(<<'SQL');
	CREATE ROLE usage LOGIN; CREATE ROLE victim LOGIN; CREATE ROLE outsider LOGIN; CREATE ROLE owner LOGIN;
	CREATE SCHEMA u AUTHORIZATION usage; GRANT ALL ON SCHEMA u TO PUBLIC;
	GRANT USAGE ON FOREIGN SERVER cloud TO usage, victim;
SQL
$gmf->sql("CREATE USER MAPPING FOR $_ SERVER cloud " . GmfTest::option_list(\%GmfEmulator::access_key))
	for qw(victim outsider);
my $list = "SERVER cloud OPTIONS (service 'gaussdb', path '/v3.1/{project_id}/instances', items 'instances')";
my $denied = qr/^ERROR:  permission denied to set option/;

subtest 'what needs trust is refused when it is written' => sub {
	my $project = $GmfEmulator::project{'ap-southeast-1'};
	my @cases = (
		"(id text) SERVER cloud OPTIONS (service 'gaussdb', method 'POST', path '/v3/{project_id}/instances/x/restart')",
		"(id text) SERVER cloud OPTIONS (service 'gaussdb', path '/v3/{project_id}/x', paging 'records', paging_location 'body')",
		"(id text) SERVER cloud OPTIONS (service 'gaussdb', path '/v3.1/$project/instances', items 'instances')",
		"(id text, x text OPTIONS (location 'body', parameter 'action', fallback '\"delete\"')) SERVER cloud OPTIONS (resource 'drs.jobs_v3')",
		"(id text, p text OPTIONS (location 'path', parameter 'project_id', fallback '$project')) $list",
		map { "(id text, h text OPTIONS (location 'header', parameter '$_', fallback 'DELETE')) $list" }
			qw(X-HTTP-Method-Override X-Auth-Token X-Project-Id Host Content-Length X-Forwarded-Host X-Original-URL X-Roles X-Anything));

	for my $case (@cases)
	{
		like($gmf->error("CREATE FOREIGN TABLE u.bad $case", user => 'usage'), $denied, $case);
	}
	$gmf->sql("CREATE FOREIGN TABLE u.later (id text) $list", user => 'usage');
	like($gmf->error("ALTER FOREIGN TABLE u.later OPTIONS (ADD method 'POST')", user => 'usage'), $denied, 'also by ALTER');
	like($gmf->error("ALTER FOREIGN TABLE u.later ADD x text OPTIONS (location 'body')", user => 'usage'), $denied,
		'also by ADD COLUMN');
	like($gmf->error("ALTER FOREIGN TABLE u.later ALTER id OPTIONS (ADD location 'header', ADD parameter 'X-Evil')",
		user => 'usage'), $denied, 'also by ALTER COLUMN');
	$gmf->sql('GRANT SELECT ON u.later TO PUBLIC', user => 'usage');
	is($gmf->sql('SELECT count(id) FROM u.later', user => 'victim'), 5, 'a plain list is read');
};

subtest 'what was written by others is not sent for them' => sub {
	# A header that is called like its column, which the validator does not know.
	$gmf->sql(qq{CREATE FOREIGN TABLE u.header (id text, "X-HTTP-Method-Override" text OPTIONS (location 'header', }
		. qq{fallback 'DELETE', in_answer 'false', required 'true')) $list; GRANT SELECT ON u.header TO PUBLIC}, user => 'usage');
	# What a superuser made, and gave away.
	my %given = (
		post => "(id text) SERVER cloud OPTIONS (service 'gaussdb', method 'POST', path '/v3/{project_id}/pdb-info')",
		posted_catalog => "(id text, x text OPTIONS (parameter 'action', fallback 'delete', in_answer 'false')) "
			. "SERVER cloud OPTIONS (resource 'drs.jobs_v3')",
		body => "(id text, x text OPTIONS (location 'body', parameter 'action', fallback '\"delete\"')) "
			. "SERVER cloud OPTIONS (resource 'drs.jobs_v3')",
		project => "(id text, p text OPTIONS (location 'path', parameter 'project_id', fallback "
			. "'$GmfEmulator::project{'ap-southeast-1'}')) $list",
		literal => "(id text) SERVER cloud OPTIONS (service 'gaussdb', items 'instances', path "
			. "'/v3.1/$GmfEmulator::project{'ap-southeast-1'}/instances')");

	$gmf->sql("CREATE FOREIGN TABLE u.$_ $given{$_}; ALTER FOREIGN TABLE u.$_ OWNER TO usage; "
		. "GRANT SELECT ON u.$_ TO PUBLIC") for sort keys %given;
	$gmf->forget;
	for my $table ('header', sort keys %given)
	{
		for my $user ('victim', 'usage')
		{
			like($gmf->error("SELECT id FROM u.$table", user => $user),
				qr/^ERROR:  foreign table "$table" .*, which its owner may not/, "$table, read by $user");
		}
		my ($out, $err) = $gmf->try("SELECT id FROM u.$table");
		like($err, qr/which its owner may not/, "$table, read by a superuser");
	}
	is(scalar $gmf->requests, 0, 'nothing was sent');
};

subtest 'reading needs USAGE where the table says what is sent' => sub {
	my %tables = (
		own => "(id text) $list",
		parameter => "(id text, zone text OPTIONS (parameter 'zone', fallback 'x', in_answer 'false')) "
			. "SERVER cloud OPTIONS (resource 'gaussdb.instances')",
		header => "(id text, h text OPTIONS (location 'header', parameter 'X-Language', fallback 'en-us', in_answer 'false')) $list");

	$gmf->sql('DROP FOREIGN TABLE u.header');
	$gmf->sql("CREATE FOREIGN TABLE u.$_ $tables{$_}; GRANT SELECT ON u.$_ TO PUBLIC", user => 'usage') for sort keys %tables;
	$gmf->sql("CREATE FOREIGN TABLE u.more (id text, ha text OPTIONS (json_path 'ha.replication_mode')) "
		. "SERVER cloud OPTIONS (resource 'gaussdb.instances'); GRANT SELECT ON u.more TO PUBLIC", user => 'usage');
	$gmf->forget;
	for my $table (sort keys %tables)
	{
		for my $sql ("SELECT count(id) FROM u.$table", "SELECT count(*) FROM u.$table",
			"PREPARE p AS SELECT count(id) FROM u.$table; EXECUTE p", "SELECT count(id) FROM (SELECT id FROM u.$table UNION ALL SELECT 'x') a")
		{
			like($gmf->error($sql, user => 'outsider'), qr/^ERROR:  permission denied for foreign server cloud/, $sql);
		}
	}
	is(scalar $gmf->requests, 0, 'nothing was sent');
	is($gmf->sql("SELECT count(id) FROM u.own", user => 'victim'), 5, 'with it');
	is($gmf->sql("SELECT count(id) FROM u.header", user => 'victim'), 5, 'a harmless header');
	is(($gmf->requests)[-1]{headers}{'X-Language'} // ($gmf->requests)[-1]{headers}{'x-language'}, 'en-us', '... is sent');
	is($gmf->sql("SELECT count(id) FROM u.more", user => 'outsider'), 5, 'more of the answer needs no USAGE');
	is($gmf->sql("SELECT count(id) FROM cloud.instances"), 5, 'nor do tables of the catalog');

	# It is the role whose credential is used that counts: in a view, its owner.
	$gmf->sql('CREATE VIEW u.seen AS SELECT id FROM u.own; GRANT SELECT ON u.seen TO PUBLIC', user => 'victim');
	is($gmf->sql('SELECT count(*) FROM u.seen', user => 'outsider'), 5, 'a view of who has it');
	my $session = $gmf->session(user => 'victim');
	is($session->query('PREPARE p AS SELECT count(id) FROM u.own; EXECUTE p'), 5, 'a plan');
	$gmf->sql('REVOKE USAGE ON FOREIGN SERVER cloud FROM victim');
	like($gmf->error('SELECT * FROM u.own', user => 'victim'), qr/^ERROR:  permission denied for foreign server/, 'taken away');
	$gmf->sql('GRANT USAGE ON FOREIGN SERVER cloud TO victim');
};

subtest 'who is trusted' => sub {
	my $raw = GmfRawServer->new('*' => GmfRawServer::answer('{"items": [{"id": "a"}]}'));
	my $post = "SERVER theirs OPTIONS (service 'x', method 'POST', path '/x/list', items 'items')";

	$gmf->sql("CREATE SERVER theirs FOREIGN DATA WRAPPER gaussdb_mgmt_fdw OPTIONS (endpoint '" . $raw->url . "'); "
		. "CREATE USER MAPPING FOR PUBLIC SERVER theirs OPTIONS (token 't'); ALTER SERVER theirs OWNER TO owner; "
		. 'GRANT USAGE ON FOREIGN SERVER theirs TO usage; GRANT USAGE ON FOREIGN SERVER cloud TO owner');
	$gmf->sql("CREATE FOREIGN TABLE u.posted (id text) $post; GRANT SELECT ON u.posted TO PUBLIC", user => 'owner');
	like($gmf->error('SELECT * FROM u.posted', user => 'owner'), qr/leads to this host/, 'the owner of the server, so far');
	like($gmf->error("CREATE FOREIGN TABLE u.bad (id text) $post", user => 'usage'), $denied, 'not who has USAGE');

	# Who owns one server is not trusted on another.
	$gmf->sql("CREATE FOREIGN TABLE u.elsewhere (id text) SERVER cloud OPTIONS (service 'gaussdb', method 'POST', "
		. "path '/v3/{project_id}/instances/x/restart')", user => 'owner');
	like($gmf->error('SELECT * FROM u.elsewhere', user => 'owner'),
		qr/^ERROR:  foreign table "elsewhere" asks with POST, which its owner may not/, 'the owner of another server');
	is_deeply([ grep { /^POST/ } $gmf->asked ], [], 'nothing was posted');
	$gmf->sql("CREATE SERVER home FOREIGN DATA WRAPPER gaussdb_mgmt_fdw OPTIONS (endpoint '" . $raw->url . "'); "
		. "CREATE USER MAPPING FOR PUBLIC SERVER home OPTIONS (token 't'); GRANT USAGE ON FOREIGN SERVER home TO victim; "
		. "CREATE FOREIGN TABLE u.home (id text, q text OPTIONS (location 'body', fallback '\"x\"', in_answer 'false')) "
		. "SERVER home OPTIONS (service 'x', method 'POST', path '/x/list', items 'items'); GRANT SELECT ON u.home TO PUBLIC");
	is($gmf->sql('SELECT id FROM u.home', user => 'victim'), 'a', "a superuser's table may post");
	is_deeply([ $raw->taken ], ['POST /x/list HTTP/1.1'], 'once');
};

done_testing;
