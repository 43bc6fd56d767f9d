# 008_secrets.pl
#	No credential is ever told: not in the server's log at its most talkative, not in errors, EXPLAIN, views of
#	the system, statistics of statements, introspection, or the log and the table of actions.
#
# PostgreSQL itself logs statements, if it is told to.  Here it is not, so that every secret that is
# found was told by us.
use strict;
use warnings;

use JSON::PP;
use Test::More;
use Time::HiRes qw(sleep);

use GmfTest;
use GmfRawServer;

my $gmf = GmfTest->new(bare => 1, emulator => [ '--fleet', 20, '--job-seconds', 0 ], conf => <<'CONF');
shared_preload_libraries = 'pg_stat_statements, gaussdb_mgmt_fdw'
log_min_messages = debug5
log_error_verbosity = verbose
log_statement = none
log_duration = off
log_min_duration_statement = -1
log_min_error_statement = error
pg_stat_statements.track_utility = off
gaussdb_mgmt_fdw.log_actions = on
gaussdb_mgmt_fdw.action_table = 'public.actions'
CONF

my %password_of_action = (
	literal => 'Literal-Secret-1',
	setting => 'Setting-Secret-1',
	file => 'File-Secret-1',
	weak => 'weak-secret',
	early => 'Early-Secret-1',
	quoted => 'Quoted-Secret-1',
	body => 'Body-Secret-1');

# Everything that must not be found.
my %secrets = (
	'secret key' => $GmfEmulator::access_key{secret_key},
	'access key' => $GmfEmulator::access_key{access_key},
	'temporary secret key' => $GmfEmulator::temporary_key{secret_key},
	'security token' => $GmfEmulator::temporary_key{security_token},
	'token' => $GmfEmulator::token{token},
	'password' => $GmfEmulator::password{password},
	'wrong password' => 'Wrong-Pass-1',
	'wrong secret key' => 'wrong-secret-key-1',
	'wrong token' => 'wrong-token-1',
	'password of the proxy' => 'Proxy-Pass-1',
	'token of IAM' => qr/emulator-token-[0-9a-f]+/,
	'signature' => qr/SDK-HMAC-SHA256|Signature=[0-9a-f]/,
	'header' => qr/X-Auth-Token|X-Sdk-Date|X-Security-Token/i,
	map { ("$_ password of an action" => $password_of_action{$_}) } keys %password_of_action);

my $told = '';					# all that was said to clients

# Mappings are made in a session that logs nothing, as the manual says.
my $quiet = "SET log_min_messages = panic; SET log_min_error_statement = panic;\n";
my %mappings = (
	by_key => \%GmfEmulator::access_key,
	by_temporary_key => \%GmfEmulator::temporary_key,
	by_token => \%GmfEmulator::token,
	by_password => \%GmfEmulator::password,
	wrong_key => { %GmfEmulator::access_key, secret_key => 'wrong-secret-key-1' },
	wrong_token => { token => 'wrong-token-1' },
	wrong_password => { %GmfEmulator::password, password => 'Wrong-Pass-1' },
	closed => \%GmfEmulator::token,
	proxied => \%GmfEmulator::access_key,
	broken => \%GmfEmulator::password);
my $raw = GmfRawServer->new('*' => "HTTP/1.1 200 OK\r\nContent-Len");
my %options = (
	closed => { endpoint => 'http://127.0.0.1:1', max_retries => 0 },
	proxied => { proxy => 'http://127.0.0.1:1', max_retries => 0 },
	broken => { endpoint => $raw->url, max_retries => 0 });

say_quietly('CREATE EXTENSION pg_stat_statements; CREATE EXTENSION gaussdb_mgmt_fdw; CREATE TABLE actions '
	. '(at timestamptz, role text, server text, function text, target text, job_id text, request_id text)');
for my $server (sort keys %mappings)
{
	my %all = (endpoint => $gmf->emulator->url, region => 'cn-north-4',
		project_id => $GmfEmulator::project{'cn-north-4'}, request_timeout => 1, max_retries => 0,
		%{ $options{$server} // {} });

	say_quietly("CREATE SERVER $server FOREIGN DATA WRAPPER gaussdb_mgmt_fdw " . GmfTest::option_list(\%all)
		. "; CREATE USER MAPPING FOR CURRENT_USER SERVER $server " . GmfTest::option_list($mappings{$server})
		. "; CREATE SCHEMA $server; IMPORT FOREIGN SCHEMA gaussdb FROM SERVER $server INTO $server");
}
$gmf->sql("$quiet SELECT pg_stat_statements_reset()");
my $instance = $gmf->sql("SELECT id FROM by_key.instances WHERE status = 'ACTIVE' LIMIT 1");
my $position = $gmf->log_position;
my $session = $gmf->session(settings => '-c client_min_messages=debug5');

$session->query('\set VERBOSITY verbose');

subtest 'queries, plans and errors' => sub {
	my %fails = map { $_ => 1 } qw(wrong_key wrong_token wrong_password closed proxied broken);

	for my $server (sort keys %mappings)
	{
		my $worked = 1;

		for my $sql ("SELECT count(id) FROM $server.instances",
			"SELECT * FROM $server.instances WHERE id = '$instance'",
			"SELECT count(value) FROM $server.parameters WHERE instance_id = '$instance'",
			"SELECT job_id FROM gaussdb_create_backup('$server', '$instance', 'none-${\int rand(1e6)}')",
			"SELECT * FROM gaussdb_wait_for_job('$server', 'no-such-job')")
		{
			run($sql);
			run("EXPLAIN (ANALYZE, VERBOSE, FORMAT $_) $sql") for 'TEXT', 'JSON';
			run("SET gaussdb_mgmt_fdw.dry_run = on; $sql; RESET gaussdb_mgmt_fdw.dry_run");
		}
		my ($out) = run("SELECT count(id) FROM $server.instances");
		is($out eq '20' ? 'works' : 'fails', $fails{$server} ? 'fails' : 'works', $server);
	}
};

subtest 'faults' => sub {
	for my $effect ({ unauthorized => \1 }, { status => 500 }, { status => 403 }, { html => \1 }, { truncate => 50 },
		{ garbage => \1 }, { close => 'before' }, { close => 'headers' }, { close => 'body' }, { hang => \1 },
		{ redirect => 'https://elsewhere.example.com/' }, { gzip_bomb => 100_000_000 },
		{ mutate => { 'instances.1.port' => 'x' } })
	{
		$gmf->fault({ match => {}, effect => $effect });
		run("SELECT id, port FROM $_.instances") for qw(by_key by_temporary_key by_token by_password);
		run("SELECT gaussdb_rename_instance('by_key', '$instance', 'other')");
		$gmf->no_faults;
		$gmf->emulator->admin('POST', 'revoke-tokens', {});
		run('SELECT count(id) FROM by_password.instances');
	}
	pass('each was told');
};

subtest 'options that are refused' => sub {
	for my $options ("secret_key 'wrong-secret-key-1'", "token 'wrong-token-1', password 'Wrong-Pass-1'",
		"token E'wrong-token-1\\n'", "password 'Wrong-Pass-1', user_name 'u'", "secretkey 'wrong-secret-key-1'",
		"access_key 'x', secret_key 'wrong-secret-key-1', token 'wrong-token-1'")
	{
		refused("CREATE USER MAPPING FOR pg_monitor SERVER by_key OPTIONS ($options)");
	}
	refused("CREATE SERVER s FOREIGN DATA WRAPPER gaussdb_mgmt_fdw OPTIONS ($_)")
		for "proxy 'http://proxy-user:Proxy-Pass-1\@127.0.0.1:1'", "endpoint 'https://user:Proxy-Pass-1\@example.com'",
		"iam_endpoint 'https://user:Proxy-Pass-1\@example.com/?a=b'", "password 'Wrong-Pass-1'";
};

subtest 'passwords of actions' => sub {
	my $file = $gmf->node->basedir . '/password';
	my @failing = ('by_key', 'wrong_token', 'closed', 'broken');

	PostgreSQL::Test::Utils::append_to_file($file, "$password_of_action{file}\n");
	# set_config takes it as a parameter, as a driver sends it.
	$session->try("PREPARE s(text) AS SELECT set_config('secret.password', \$1, false) IS NOT NULL");
	$session->try("EXECUTE s('$password_of_action{setting}')");
	for my $server (@failing)
	{
		for my $password ($password_of_action{literal}, $password_of_action{weak}, 'setting:secret.password', "file:$file",
			'setting:secret.none', "file:$file.none", '')
		{
			for my $call ("gaussdb_reset_password('$server', '$instance', '$password')",
				"gaussdb_create_database_user('$server', '$instance', 'some_user', '$password')")
			{
				run("SELECT $call");
				run("SET gaussdb_mgmt_fdw.dry_run = on; SELECT $call; RESET gaussdb_mgmt_fdw.dry_run");
			}
		}
	}
	$gmf->fault({ match => { method => 'POST' }, effect => { hang => \1 } });
	my ($out, $err) = run("SET statement_timeout = '200ms'; SELECT gaussdb_reset_password('by_key', '$instance', "
		. "'$password_of_action{literal}'); RESET statement_timeout");
	like($err, qr/statement timeout/, 'one is stopped');
	$session->try('RESET statement_timeout');
	$gmf->no_faults;
	my @sent = map { JSON::PP->new->encode($_->{body} // {}) } $gmf->requests;
	cmp_ok(scalar(grep { /$password_of_action{$_}/ } @sent), '>', 0, "the $_ password was sent")
		for qw(literal setting file);
};

# Errors before an argument is read, and languages that quote the statement as the context of an error.
subtest 'passwords of actions that fail early' => sub {
	my $secret = $password_of_action{early};

	say_quietly('CREATE SERVER unmapped FOREIGN DATA WRAPPER gaussdb_mgmt_fdw; CREATE ROLE bystander; GRANT EXECUTE ON FUNCTION '
		. 'gaussdb_reset_password, gaussdb_create_database_user, gaussdb_mgmt_request TO bystander');
	for my $call ("gaussdb_reset_password('nosuch', '$instance', '$secret')", "gaussdb_reset_password(NULL, '$instance', '$secret')",
		"gaussdb_reset_password('by_key', NULL, '$secret')", "gaussdb_reset_password('unmapped', '$instance', '$secret')",
		"gaussdb_create_database_user('by_key', '$instance', NULL, '$secret')",
		"gaussdb_mgmt_request('nosuch', 'gaussdb', 'POST', '/v3/{project_id}/x', body => '{\"password\": \"$secret\"}')")
	{
		my ($out, $err) = run("SELECT $call");
		like($err, qr/^ERROR: /m, "$call is refused");
		run("BEGIN READ ONLY; SELECT $call; ROLLBACK");
		run("DO \$\$ BEGIN PERFORM $call; EXCEPTION WHEN division_by_zero THEN NULL; END \$\$");
		run("SET ROLE bystander; SELECT $call; RESET ROLE");
		run('RESET ROLE');
	}
	my ($out, $err) = run("BEGIN READ ONLY; SELECT gaussdb_reset_password('by_key', '$instance', '$secret'); ROLLBACK");
	like($err, qr/cannot execute gaussdb_reset_password\(\) in a read-only transaction/, 'in a read-only transaction');
	($out, $err) = run("SET ROLE bystander; SELECT gaussdb_reset_password('by_key', '$instance', '$secret')");
	like($err, qr/permission denied for foreign server/, 'without USAGE');
	run('RESET ROLE');

	$secret = $password_of_action{quoted};
	$gmf->fault({ match => { method => 'POST' }, effect => { status => 403 } });
	run("DO \$\$ BEGIN PERFORM gaussdb_reset_password('by_key', '$instance', '$secret'); END \$\$");
	run("CREATE FUNCTION quoting() RETURNS void LANGUAGE sql AS \$\$ SELECT gaussdb_reset_password('by_key', '$instance', '$secret') \$\$");
	run('SELECT quoting()');
	$secret = $password_of_action{body};
	run("SELECT gaussdb_mgmt_request('by_key', 'gaussdb', 'POST', '/v3/{project_id}/x y', body => '{\"password\": \"$secret\"}')");
	run("DO \$\$ BEGIN PERFORM gaussdb_mgmt_request('broken', 'gaussdb', 'POST', '/v3/{project_id}/x', body => '{\"password\": "
		. "\"$secret\"}'); END \$\$");
	$gmf->no_faults;
};

subtest 'what the system shows' => sub {
	my $watched = $gmf->session;

	$gmf->fault({ match => {}, effect => { delay_ms => 2000 } });
	$watched->send('SELECT count(id) FROM by_password.instances');
	sleep 0.5;
	run('SELECT * FROM pg_stat_activity');
	run('SELECT * FROM gaussdb_mgmt_progress');
	$watched->wait;
	$gmf->no_faults;
	run("SELECT * FROM $_") for 'pg_stat_statements', 'gaussdb_mgmt_resources()', 'gaussdb_mgmt_columns()',
		'gaussdb_mgmt_actions()', 'pg_settings WHERE name !~ \'^secret\'', 'actions', 'pg_backend_memory_contexts',
		'pg_locks', 'pg_prepared_statements';
	my ($out) = run('SELECT count(*) FROM pg_stat_statements WHERE query LIKE \'%gaussdb_reset_password%\'');
	cmp_ok($out, '>', 0, 'pg_stat_statements knows the statements');
	($out) = run('SELECT count(*) FROM actions');
	cmp_ok($out, '>', 0, 'and the table the actions');
};

subtest 'nothing is told' => sub {
	my $log = $gmf->log_text($position);

	cmp_ok(length $told, '>', 100_000, 'clients were told a lot');
	like($log, qr/DEBUG: /, 'the log is at its most talkative');
	like($log, qr/action gaussdb_reset_password by /, 'and has lines of actions');
	for my $name (sort keys %secrets)
	{
		my $secret = ref $secrets{$name} ? $secrets{$name} : quotemeta $secrets{$name};
		my @found = grep { /$secret/ } split /\n/, $told;
		my @logged = grep { /$secret/ } split /\n/, $log;

		is(scalar @found, 0, "clients: no $name") or diag $found[0];
		is(scalar @logged, 0, "log: no $name") or diag $logged[0];
	}
};

done_testing;

# -----------------------------------------------------------------------------------------

# (stdout, stderr), which are kept
sub run
{
	my ($sql) = @_;
	my ($out, $err) = $session->try($sql);

	# The statement that is shown as the place of an error is the client's own.
	$told .= "$out\n" . ($err =~ s/^LINE \d+:.*\n.*//gmr =~ s/^(?:CONTEXT:  )?(?:SQL statement|PL\/pgSQL function|SQL function) .*\n?//gmr)
		. "\n";
	return ($out, $err);
}

# What PostgreSQL says of the statement is not ours; the message is.
sub refused
{
	my ($sql) = @_;
	my ($out, $err) = $gmf->try("$quiet $sql");

	like($err, qr/^ERROR: /m, 'refused: ' . ($err =~ s/\n.*//sr));
	$told .= $err =~ s/^LINE .*//gmr;
}

sub say_quietly
{
	my ($sql) = @_;
	$gmf->sql("$quiet $sql");
}
