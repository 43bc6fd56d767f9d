# 007_privileges.pl
#	Who may do what: nothing that changes anything is for PUBLIC, and nobody but superusers can make
#	the server process read files, reach its own host or do without TLS.
use strict;
use warnings;

use Test::More;

use GmfTest;
use GmfRawServer;

my $gmf = GmfTest->new(emulator => [ '--fleet', 20, '--job-seconds', 0 ]);
my $emulator = $gmf->emulator;

$gmf->connect_cloud(mapping => \%GmfEmulator::access_key);
my $instance = $gmf->sql("SELECT id FROM cloud.instances WHERE status = 'ACTIVE' LIMIT 1");

# The functions of the extension, by oid.
my $ours = "pg_proc p JOIN pg_depend d ON d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND "
	. "d.deptype = 'e' JOIN pg_extension e ON e.oid = d.refobjid AND e.extname = 'gaussdb_mgmt_fdw'";

subtest 'PUBLIC' => sub {
	# They tell what there is, and ask nobody; gaussdb_mgmt_comment sets comments with the rights of the
	# caller, who must own the table.
	my @open = split ' ', $gmf->sql(<<"SQL");
		SELECT string_agg(p.proname, ' ' ORDER BY p.proname) FROM $ours
		 WHERE EXISTS (SELECT FROM aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a
		                WHERE a.grantee = 0)
SQL
	my %expected = map { $_ => 1 } qw(gaussdb_mgmt_actions gaussdb_mgmt_columns gaussdb_mgmt_comment gaussdb_mgmt_fdw_handler
		gaussdb_mgmt_fdw_validator gaussdb_mgmt_resources gaussdb_mgmt_progress gaussdb_mgmt_refused);

	is_deeply([ grep { !$expected{$_} } @open ], [], 'may execute what describes the catalog, and nothing else');
	$gmf->sql('CREATE ROLE anybody LOGIN; GRANT USAGE ON SCHEMA cloud TO anybody');
	like($gmf->error("SELECT gaussdb_mgmt_comment('cloud')", user => 'anybody'),
		qr/^ERROR:  must be owner of foreign table/, 'comments are for the owner of a table');
	is($gmf->sql("SELECT count(*) FROM gaussdb_mgmt_actions() a WHERE NOT EXISTS "
		. "(SELECT FROM $ours WHERE p.proname = a.function_name)"), 0, 'every action is a function of the extension');
	is($gmf->sql("SELECT count(*) FROM $ours WHERE p.prosecdef"), 0, 'no function has rights of its own');
	is($gmf->sql(<<'SQL'), '', 'has no rights on the wrapper');
		SELECT a FROM pg_foreign_data_wrapper w, aclexplode(w.fdwacl) a WHERE a.grantee = 0
SQL
};

$gmf->sql(<<"SQL");
	CREATE ROLE reader LOGIN; CREATE ROLE operator LOGIN; CREATE ROLE administrator LOGIN;
	CREATE ROLE builder LOGIN; CREATE ROLE nobody LOGIN;
	GRANT USAGE ON SCHEMA cloud TO reader, operator, administrator, nobody;
	GRANT SELECT ON ALL TABLES IN SCHEMA cloud TO reader, operator, administrator;
	GRANT USAGE ON FOREIGN SERVER cloud TO operator, administrator;
	GRANT EXECUTE ON FUNCTION gaussdb_create_backup, gaussdb_restart_instance, gaussdb_wait_for_job
		TO operator;
	DO \$\$ DECLARE f regprocedure; BEGIN
		FOR f IN SELECT p.oid FROM gaussdb_mgmt_actions() a JOIN ($ours) ON p.proname = a.function_name LOOP
			EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO administrator', f);
		END LOOP;
	END \$\$;
SQL
mapping($_, 'cloud', \%GmfEmulator::read_only_key) for qw(reader);
mapping($_, 'cloud', \%GmfEmulator::access_key) for qw(operator administrator nobody);

subtest 'reader, operator, administrator' => sub {
	my $denied = qr/^ERROR:  permission denied for function/;
	my $read = 'SELECT count(id) FROM cloud.instances';
	my $restart = "SELECT gaussdb_restart_instance('cloud', '$instance') IS NOT NULL";
	my $delete = "SELECT gaussdb_delete_instance('cloud', '$instance')";
	my @cases = (
		[ reader => $read, 20 ],
		[ reader => $restart, $denied ],
		[ reader => "SELECT gaussdb_wait_for_job('cloud', 'x')", $denied ],
		[ operator => $read, 20 ],
		[ operator => $restart, 't' ],
		[ operator => $delete, $denied ],
		[ operator => "SELECT gaussdb_rename_instance('cloud', '$instance', 'x-name')", $denied ],
		[ administrator => "SELECT gaussdb_rename_instance('cloud', '$instance', 'x-name') IS NOT NULL", 't' ],
		[ nobody => $read, qr/^ERROR:  permission denied for foreign table instances/ ],
		[ nobody => $restart, $denied ]);

	$gmf->forget;
	for my $case (@cases)
	{
		my ($user, $sql, $expected) = @$case;

		if (ref $expected)
		{
			like($gmf->error($sql, user => $user), $expected, "$user: $sql: no");
		}
		else
		{
			is($gmf->sql($sql, user => $user), $expected, "$user: $sql: yes");
		}
	}
	is_deeply([ grep { /^(POST|PUT|DELETE)/ && !/restart|name/ } $gmf->asked ], [], 'nothing else was sent');
};

subtest 'USAGE on the server' => sub {
	$gmf->sql('GRANT EXECUTE ON FUNCTION gaussdb_restart_instance, gaussdb_wait_for_job, gaussdb_wait_for_jobs TO nobody; '
		. 'GRANT CREATE ON SCHEMA cloud TO nobody');
	$gmf->forget;
	for my $sql ("SELECT gaussdb_restart_instance('cloud', '$instance')",
		"SELECT gaussdb_wait_for_job('cloud', 'x')",
		"SELECT * FROM gaussdb_wait_for_jobs('cloud', ARRAY['x'])",
		"CREATE FOREIGN TABLE cloud.mine (id text) SERVER cloud OPTIONS (resource 'gaussdb.instances')",
		'IMPORT FOREIGN SCHEMA gaussdb LIMIT TO (backups) FROM SERVER cloud INTO cloud',
		"SET gaussdb_mgmt_fdw.dry_run = on; SELECT gaussdb_restart_instance('cloud', '$instance')")
	{
		like($gmf->error($sql, user => 'nobody'), qr/^ERROR:  permission denied for foreign server cloud/, $sql);
	}
	like($gmf->error("CREATE USER MAPPING FOR builder SERVER cloud OPTIONS (token 'x')", user => 'builder'),
		qr/^ERROR:  permission denied for foreign server cloud/, 'nor may they map themselves');
	is(scalar $gmf->requests, 0, 'nothing was asked');

	$gmf->sql('GRANT USAGE ON FOREIGN SERVER cloud TO nobody');
	is($gmf->sql("SELECT gaussdb_restart_instance('cloud', '$instance') IS NOT NULL", user => 'nobody'), 't', 'with it');
	$gmf->sql('DROP USER MAPPING FOR nobody SERVER cloud');
	like($gmf->error("SELECT gaussdb_restart_instance('cloud', '$instance')", user => 'nobody'),
		qr/^ERROR:  user mapping not found for (user )?"nobody"/, 'and without a mapping');
	$gmf->sql('REVOKE USAGE ON FOREIGN SERVER cloud FROM nobody');
};

subtest 'a server of another wrapper' => sub {
	$gmf->sql('CREATE FOREIGN DATA WRAPPER dummy; CREATE SERVER other FOREIGN DATA WRAPPER dummy');
	like($gmf->error("SELECT gaussdb_restart_instance('other', 'x')"),
		qr/^ERROR:  server "other" is not a server of gaussdb_mgmt_fdw/, 'is refused');
};

subtest 'the cloud has the last word' => sub {
	$gmf->sql('GRANT USAGE ON FOREIGN SERVER cloud TO reader; '
		. 'GRANT EXECUTE ON FUNCTION gaussdb_restart_instance TO reader');
	$gmf->forget;
	like($gmf->error("SELECT gaussdb_restart_instance('cloud', '$instance')", user => 'reader'),
		qr/^ERROR:  GaussDB does not permit "POST .*restart"/, 'a credential that may only read');
	is($gmf->performed->{RestartInstance}, undef, 'nothing was carried out');
};

subtest 'what others have mapped' => sub {
	is($gmf->sql("SELECT count(*) FROM pg_user_mappings WHERE srvname = 'cloud' AND umoptions IS NOT NULL",
		user => 'reader'), 1, 'a role sees its own credential only');
	like($gmf->error('SELECT umoptions FROM pg_user_mapping', user => 'reader'), qr/permission denied/,
		'and not the catalog');
};

subtest 'who may create servers' => sub {
	my $create = 'CREATE SERVER mine FOREIGN DATA WRAPPER gaussdb_mgmt_fdw OPTIONS';

	like($gmf->error("$create (region 'x')", user => 'builder'),
		qr/^ERROR:  permission denied for foreign-data wrapper/, 'not everybody');
	$gmf->sql('GRANT USAGE ON FOREIGN DATA WRAPPER gaussdb_mgmt_fdw TO builder; CREATE SCHEMA building AUTHORIZATION builder');
	for my $options ("ca_file '/etc/passwd'", "ca_file '/etc/ssl/certs/ca-certificates.crt'",
		"allow_http 'true'", "allow_http 'on', endpoint 'http://192.0.2.1'")
	{
		like($gmf->error("$create ($options)", user => 'builder'), qr/^ERROR:  permission denied to set option/,
			"$options: no");
	}
	like($gmf->error("$create (endpoint 'http://192.0.2.1')", user => 'builder'), qr/http is accepted for loopback/,
		'nor http without it');
	like($gmf->error("$create (endpoint 'file:///etc/passwd')", user => 'builder'), qr/invalid URL/, 'nor files');
	$gmf->sql("$create (region 'cn-north-4', project_id '$GmfEmulator::project{'cn-north-4'}')", user => 'builder');
	like($gmf->error("ALTER SERVER mine OPTIONS (ADD ca_file '/etc/passwd')", user => 'builder'),
		qr/^ERROR:  permission denied to set option/, 'also not by ALTER');
};

subtest 'the own host is out of reach' => sub {
	my $port = $emulator->port;
	my $secret = GmfRawServer->new('*' => GmfRawServer::answer('{"instances": [{"id": "stolen"}]}'));
	my $there = $secret->port;

	$gmf->sql("CREATE USER MAPPING FOR CURRENT_USER SERVER mine OPTIONS (token 'emulator-static-token'); "
		. 'IMPORT FOREIGN SCHEMA gaussdb LIMIT TO (instances) FROM SERVER mine INTO building; '
		. "ALTER SERVER mine OPTIONS (ADD max_retries '0', ADD connect_timeout '2', ADD endpoint 'https://127.0.0.1')",
		user => 'builder');
	$gmf->forget;
	for my $url ("http://127.0.0.1:$there", "http://localhost:$there", "http://[::1]:$there", "http://127.1.2.3:$there",
		"https://127.0.0.1:$there", "https://localhost:$there", "https://[::ffff:127.0.0.1]:$there", "https://0.0.0.0:$there",
		"https://2130706433:$there", "https://0x7f.1:$there", 'https://169.254.169.254', 'https://[fe80::1]')
	{
		my ($out, $err) = $gmf->try("ALTER SERVER mine OPTIONS (SET endpoint '$url')", user => 'builder');

		# Either it is not accepted as an option, or it leads to nothing.
		($out, $err) = $gmf->try('SELECT id FROM building.instances', user => 'builder') if $err eq '';
		like($err, qr/^ERROR:  .*(leads to this host or to its link|invalid URL|http is accepted)/, $url);
	}
	is(scalar(my @taken = $secret->taken), 0, 'nothing arrived');

	# Nor by a proxy, where the host that is asked for is not the one that is connected to.
	my ($out, $err) = $gmf->try("ALTER SERVER mine OPTIONS (SET endpoint 'https://192.0.2.1', "
		. "ADD proxy 'http://127.0.0.1:$there')", user => 'builder');
	($out, $err) = $gmf->try('SELECT id FROM building.instances', user => 'builder') if $err eq '';
	like($err, qr/^ERROR:  .*(leads to this host or to its link|permission denied)/, 'by a proxy');
	is(scalar(@taken = $secret->taken), 0, 'nothing arrived');

	# It is the owner of the server who counts, not who runs the query.
	is(scalar(split /\n/, $gmf->sql('SELECT id FROM cloud.instances', user => 'operator')), 20,
		'a superuser\'s server may be here');
	$gmf->sql("ALTER SERVER mine OPTIONS (SET endpoint 'http://127.0.0.1:$there')");
	$gmf->sql("ALTER SERVER mine OPTIONS (DROP proxy)") if $gmf->sql("SELECT count(*) FROM pg_foreign_server "
		. "WHERE srvname = 'mine' AND array_to_string(srvoptions, ' ') LIKE '%proxy%'");
	mapping('CURRENT_USER', 'mine', \%GmfEmulator::token);
	like($gmf->error('SELECT id FROM building.instances'), qr/leads to this host or to its link/,
		'a superuser\'s query on another one\'s server is not led home either');
	is(scalar(@taken = $secret->taken), 0, 'nothing arrived');
};

subtest 'settings' => sub {
	my $load = 'SELECT FROM gaussdb_mgmt_actions()';

	for my $setting ("log_actions = on", "action_table = 'x'")
	{
		my ($name) = split / /, $setting;
		like($gmf->error("$load; SET gaussdb_mgmt_fdw.$setting", user => 'operator'),
			qr/^ERROR:  permission denied to set parameter/m, "$name: superusers only");
		# A setting whose module is not there yet is taken for the time being.
		my ($out) = $gmf->try("SET gaussdb_mgmt_fdw.$setting; $load; SHOW gaussdb_mgmt_fdw.$name",
			user => 'operator');
		is($out =~ s/^\s+//r, $name eq 'log_actions' ? 'off' : '', '... also before the library is loaded');
	}
	is($gmf->sql('SET gaussdb_mgmt_fdw.dry_run = on; SHOW gaussdb_mgmt_fdw.dry_run', user => 'operator'), 'on',
		'dry_run: everybody');
};

subtest 'passwords in files' => sub {
	my $file = $gmf->node->basedir . '/password';

	PostgreSQL::Test::Utils::append_to_file($file, "Secret-Of-File-1\n");
	like($gmf->error("SELECT gaussdb_reset_password('cloud', '$instance', 'file:$file')", user => 'administrator'),
		qr/^ERROR:  permission denied to read the file/, 'not for everybody');
	is_deeply([ grep { /Secret-Of-File/ } $gmf->asked ], [], 'nothing was sent');
	$gmf->sql('GRANT pg_read_server_files TO administrator');
	$gmf->forget;
	$gmf->sql("SELECT gaussdb_reset_password('cloud', '$instance', 'file:$file')", user => 'administrator');
	is_deeply([ map { $_->{body}{password} // () } $gmf->requests ], ['Secret-Of-File-1'], 'for those who may');
};

done_testing;

sub mapping
{
	my ($user, $server, $options) = @_;
	$gmf->sql("CREATE USER MAPPING FOR $user SERVER $server " . GmfTest::option_list($options));
}
