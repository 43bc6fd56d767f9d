# 018_audit.pl
#	Nobody who may call actions has one carried out that leaves no record: not by catching a cancel, by a table
#	of the same name, by what the connection sets when it begins, by a lock, or by what the cloud answers.
use strict;
use warnings;

use Test::More;
use Time::HiRes qw(sleep);

use GmfTest;
use GmfRawServer;

# The library is not preloaded: settings of a library that is not there yet are the weak point.
my $gmf = GmfTest->new(emulator => [ '--fleet', 20, '--job-seconds', 0 ], conf => <<'CONF');
log_min_messages = warning
gaussdb_mgmt_fdw.log_actions = on
gaussdb_mgmt_fdw.action_table = 'public.actions'
CONF

$gmf->connect_cloud;
my $raw = GmfRawServer->new(
	plain => GmfRawServer::answer('{"job_id":"job-1"}'),
	nul => GmfRawServer::answer('{"job_id":"job\u0000"}'),
	escape => GmfRawServer::answer('{"job_id":"job\u001b[31m\nLOG:  forged"}'),
	list => GmfRawServer::answer('{"job_id":["a",{"b":"c"}]}'));
$gmf->connect_cloud(server => $_, services => [], options => { endpoint => $raw->url($_) }) for qw(plain nul escape list);
my @instances = split /\n/, $gmf->sql("SELECT id FROM cloud.instances WHERE status = 'ACTIVE' ORDER BY id LIMIT 3");
my $key = GmfTest::option_list(\%GmfEmulator::access_key);

$gmf->sql(<<"SQL");
	CREATE TABLE actions (at timestamptz, role text, server text, function text, target text, job_id text, request_id text);
	CREATE ROLE op LOGIN;
	GRANT INSERT, SELECT ON actions TO op;
	GRANT TEMPORARY ON DATABASE postgres TO op; GRANT USAGE ON SCHEMA cloud TO op; GRANT SELECT ON cloud.instances TO op;
	GRANT USAGE ON FOREIGN SERVER cloud TO op;
	GRANT EXECUTE ON FUNCTION gaussdb_rename_instance, gaussdb_delete_instance, gaussdb_mgmt_request TO op;
	CREATE USER MAPPING FOR op SERVER cloud $key;
SQL
my $rename = "SELECT gaussdb_rename_instance('cloud', '$instances[0]', 'renamed') IS NOT NULL";
my $rename_all = "SELECT gaussdb_rename_instance('cloud', id, 'renamed') IS NOT NULL FROM unnest(ARRAY['"
	. join("', '", @instances) . "']) id";

subtest 'a record of each' => sub {
	my ($out, $err, $lines, $rows) = recorded($rename, user => 'op');

	is($out, 't', 'it is accepted');
	is(scalar @$lines, 2, 'two lines of the log');
	like($lines->[0], qr/^action gaussdb_rename_instance by "op" on server "cloud", target PUT .*: is sent$/, 'before');
	like($lines->[1], qr/^action gaussdb_rename_instance by "op" on server "cloud", target PUT .*: accepted, job \w+/, 'after');
	is($rows, 1, 'a row');
	is($gmf->performed->{UpdateInstanceName}, 1, 'carried out once');

	$gmf->fault({ match => { method => 'PUT' }, effect => { status => 403 } });
	($out, $err, $lines, $rows) = recorded($rename, user => 'op');
	$gmf->no_faults;
	like($lines->[1], qr/: refused$/, 'one that is refused');
	is($rows, 0, '... is no row');
	$gmf->connect_cloud(server => 'nowhere', services => [], options => { endpoint => 'http://127.0.0.1:1', max_retries => 0 });
	($out, $err, $lines) = recorded("SELECT gaussdb_rename_instance('nowhere', 'x', 'renamed')");
	like($lines->[1], qr/: not sent$/, 'one that never left');
};

subtest 'a cancel that is caught' => sub {
	for my $sql ("SELECT gaussdb_delete_instance('cloud', '$instances[1]')",
		"SELECT gaussdb_mgmt_request('cloud', 'gaussdb', 'DELETE', '/v3/{project_id}/instances/$instances[2]')")
	{
		my ($method) = $sql =~ /(gaussdb_\w+)/;

		$gmf->fault({ match => { method => 'DELETE' }, effect => { delay_ms => 3000, perform => \1 } });
		my ($out, $err, $lines) = recorded("SET statement_timeout = '300ms'; DO \$\$ BEGIN PERFORM "
			. ($sql =~ s/^SELECT //r) . "; EXCEPTION WHEN query_canceled THEN RAISE NOTICE 'caught'; END \$\$", user => 'op');
		$gmf->no_faults;
		like($err, qr/^NOTICE:  caught/m, "$method: the cancel is caught");
		like($err, qr/^WARNING:  $method .* is not undone by that/m, 'the session is told');
		is(scalar @$lines, 2, 'two lines of the log');
		like($lines->[0], qr/^action $method by "op" .*: is sent/, 'before');
		like($lines->[1], qr/^action $method by "op" .*: unknown, may have been carried out/, 'after');
	}
};

subtest 'a session that is ended' => sub {
	my $victim = $gmf->session(user => 'op');
	my $position = $gmf->log_position;

	$gmf->forget;
	$gmf->fault({ match => { method => 'PUT' }, effect => { hang => \1, perform => \1 } });
	$victim->send($rename);
	$gmf->wait_until("SELECT count(*) > 0 FROM pg_stat_activity WHERE query LIKE 'SELECT gaussdb_rename%' AND wait_event_type = 'Extension'");
	sleep 0.3;
	$gmf->sql('SELECT pg_terminate_backend(' . $victim->backend . ')');
	$victim->wait;
	$victim->quit;
	$gmf->no_faults;
	my @lines = lines_since($position);
	like($lines[0], qr/: is sent$/, 'before');
	like($lines[1], qr/: unknown, may have been carried out$/, 'after');
};

subtest 'a table of the same name' => sub {
	$gmf->sql("ALTER SYSTEM SET gaussdb_mgmt_fdw.action_table = 'actions'");
	$gmf->sql('SELECT pg_reload_conf()');
	$gmf->wait_until("SELECT current_setting('gaussdb_mgmt_fdw.action_table') = 'actions'");
	my $shadow = 'CREATE TEMPORARY TABLE actions (at timestamptz, role text, server text, function text, target text, '
		. 'job_id text, request_id text);';
	my ($out, $err, $lines, $rows) = recorded("$shadow $rename", user => 'op');

	like($err, qr/^ERROR:  .*must be a table with its schema, not "actions"/m, 'without a schema nothing is sent');
	is(scalar(grep { $_->{method} ne 'GET' } $gmf->requests), 0, '... at all');
	$gmf->sql('ALTER SYSTEM RESET gaussdb_mgmt_fdw.action_table');
	$gmf->sql('SELECT pg_reload_conf()');
	$gmf->wait_until("SELECT current_setting('gaussdb_mgmt_fdw.action_table') = 'public.actions'");
	($out, $err, $lines, $rows) = recorded("$shadow SET search_path = pg_temp, public; $rename", user => 'op');
	is($rows, 1, 'with a schema the row goes where it should');
};

subtest 'what a connection sets when it begins' => sub {
	for my $setting ('log_actions=off', 'action_table=x', 'action_table=', 'action_table=pg_temp.x')
	{
		for my $first ('', 'SELECT count(id) FROM cloud.instances;')
		{
			my ($out, $err) = recorded("$first $rename", user => 'op', settings => "-c gaussdb_mgmt_fdw.$setting");

			like($err, qr/^ERROR:  gaussdb_rename_instance is not carried out, because it might leave no record/m,
				"$setting, first $first");
			is(scalar(grep { $_->{method} ne 'GET' } $gmf->requests), 0, 'nothing was sent');
		}
	}
	my ($out, $err) = recorded("SELECT gaussdb_mgmt_request('cloud', 'gaussdb', 'DELETE', '/v3/{project_id}/instances/x')",
		user => 'op', settings => '-c gaussdb_mgmt_fdw.log_actions=off');
	like($err, qr/^ERROR:  gaussdb_mgmt_request is not carried out/m, 'a request of one\'s own');
	($out, $err) = $gmf->try('SELECT count(id) FROM cloud.instances', settings => '-c gaussdb_mgmt_fdw.log_actions=off');
	like($out, qr/^\d+$/, 'reading is not concerned');

	# What is set before the library is there, and dropped when it comes, does not hide the configuration.
	my $lines;
	my $rows;
	($out, $err, $lines, $rows) = recorded("SET gaussdb_mgmt_fdw.log_actions = off; SET gaussdb_mgmt_fdw.action_table = ''; "
		. $rename, user => 'op');
	is(scalar @$lines, 2, 'SET before the library is loaded: the log');
	is($rows, 1, '... and the table');
	like($gmf->error("ALTER ROLE op SET gaussdb_mgmt_fdw.log_actions = off", user => 'op'), qr/permission denied/,
		'nor can a role set it for its sessions');

	# Superusers may.
	($out, $err, $lines, $rows) = recorded($rename, settings => '-c gaussdb_mgmt_fdw.log_actions=off');
	is($out, 't', 'a superuser may do without');
	is(scalar @$lines, 0, '... a line');
	is($rows, 1, '... and has the row');
};

subtest 'a table that is locked' => sub {
	my $locker = $gmf->session;

	$locker->query('BEGIN; LOCK TABLE actions IN ACCESS EXCLUSIVE MODE');
	$gmf->forget;
	my ($out, $err) = $gmf->try("SET statement_timeout = '500ms'; $rename_all", user => 'op');
	like($err, qr/^ERROR:  canceling statement due to statement timeout/m, 'ends with the time-out');
	like($err, qr/which was not sent: it must be recorded/, '... and says that nothing was sent');
	is($gmf->performed->{UpdateInstanceName}, undef, 'nothing was');
	$locker->query('COMMIT');
	$locker->quit;
};

subtest 'a row that waits' => sub {
	# After the table has been tried: a trigger for each row.
	$gmf->sql(<<'SQL');
		CREATE FUNCTION slow() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_sleep(60); RETURN NEW; END';
		CREATE TRIGGER slow BEFORE INSERT ON actions FOR EACH ROW EXECUTE FUNCTION slow();
SQL
	my ($out, $err, $lines, $rows) = recorded("SET statement_timeout = '2s'; $rename_all", user => 'op');
	like($err, qr/^ERROR:  canceling statement due to statement timeout/m, 'the statement ends with the time-out');
	like($err, qr/which was accepted with HTTP status 202, job \w+, request id \w+/, '... and says what was accepted');
	is($gmf->performed->{UpdateInstanceName}, 1, 'the next ones are not carried out');
	like($lines->[1], qr/: accepted/, 'and the log has it');
	$gmf->sql('DROP TRIGGER slow ON actions');
};

subtest 'a table that one may not write to' => sub {
	$gmf->sql('REVOKE INSERT ON actions FROM op');
	my ($out, $err) = recorded($rename, user => 'op');
	like($err, qr/^ERROR:  permission denied for table actions/m, 'no INSERT');
	is(scalar(grep { $_->{method} ne 'GET' } $gmf->requests), 0, 'nothing was sent');
	$gmf->sql('GRANT INSERT (at, role, server, function, target, job_id, request_id) ON actions TO op');
	($out, $err) = recorded($rename, user => 'op');
	is($out, 't', 'INSERT on the columns is enough');
};

subtest 'what the cloud answers' => sub {
	my %expected = (plain => qr/accepted, job job-1$/, nul => qr/accepted, job job $/, escape => qr/accepted, job job \[31m LOG:  forged$/,
		list => qr/accepted(, job .*)?$/);

	for my $server (sort keys %expected)
	{
		my ($out, $err, $lines) = recorded("BEGIN; SELECT gaussdb_stop_instance('$server', repeat('a', 34) || 'in14', "
			. "ARRAY[repeat('b', 34) || 'no14']); ROLLBACK");

		is(scalar @$lines, 2, "$server: two lines of the log");
		like($lines->[1], $expected{$server}, '... with the job, as far as it can be read');
		like($err, qr/^WARNING: .* is not undone by that/m, 'and a word at the rollback');
		like($err, qr/^ERROR: .*U\+0000.*which was accepted with HTTP status 200/ms, 'the error says that it was accepted')
			if $server eq 'nul';
	}
	my ($out, $err, $lines, $rows) = recorded("SELECT gaussdb_stop_instance('plain', repeat('a', 34) || 'in14', "
		. "ARRAY[repeat('b', 34) || 'no14'])");
	is($rows, 1, 'a row of one that was accepted');
};

done_testing;

# -----------------------------------------------------------------------------------------

# (stdout, stderr, lines of the log, number of new rows)
sub recorded
{
	my ($sql, %options) = @_;
	my $position = $gmf->log_position;
	my $rows = $gmf->sql('SELECT count(*) FROM actions');

	$gmf->forget;
	my ($out, $err) = $gmf->try($sql, %options);
	return ($out, $err, [ lines_since($position) ], $gmf->sql('SELECT count(*) FROM actions') - $rows);
}

sub lines_since
{
	my ($position) = @_;
	return $gmf->log_text($position) =~ /LOG:  (action gaussdb.*)/g;
}
