# 009_pg_cron.pl
#	The manual's recipes, run by pg_cron in its background workers: a nightly backup of every instance with a
#	tag, with retention; a history of the fleet and what changed in it; failed jobs; stopping and
#	starting outside of office hours.
#
# pg_cron looks once a minute what is due, so this test mostly waits.
use strict;
use warnings;

use Test::More;

use GmfTest;

my ($library) = PostgreSQL::Test::Utils::run_command([ 'pg_config', '--pkglibdir' ]);
plan skip_all => 'pg_cron is not installed' unless -e "$library/pg_cron.so";

my $gmf = GmfTest->new(emulator => [ '--fleet', 60, '--job-seconds', 0 ], conf => <<'CONF');
shared_preload_libraries = 'pg_cron'
cron.database_name = 'postgres'
cron.use_background_workers = on
cron.timezone = 'UTC'
max_worker_processes = 20
gaussdb_mgmt_fdw.log_actions = on
CONF

# The jobs are those of an operator, who has a credential of his own.
$gmf->connect_cloud;
$gmf->sql(<<'SQL');
	CREATE EXTENSION pg_cron;
	CREATE ROLE operator LOGIN;
	CREATE ROLE stranger LOGIN;
	GRANT USAGE ON SCHEMA cron TO operator, stranger;
	GRANT USAGE ON SCHEMA cloud TO operator, stranger;
	GRANT SELECT ON ALL TABLES IN SCHEMA cloud TO operator, stranger;
	GRANT USAGE ON FOREIGN SERVER cloud TO operator;
	GRANT EXECUTE ON FUNCTION gaussdb_create_backup, gaussdb_delete_backup, gaussdb_stop_instance,
		gaussdb_start_instance TO operator;
	CREATE SCHEMA cmdb AUTHORIZATION operator;
SQL
$gmf->sql('CREATE USER MAPPING FOR operator SERVER cloud '
	. GmfTest::option_list(\%GmfEmulator::temporary_key));
$gmf->sql(<<'SQL', user => 'operator');
	-- Backups: a failure of one instance does not keep the others from theirs.
	CREATE PROCEDURE cmdb.backup_tagged(tag text) LANGUAGE plpgsql AS $$
	DECLARE
		instance record;
	BEGIN
		FOR instance IN SELECT id, name FROM cloud.instances WHERE tag_filter = tag AND status = 'ACTIVE'
		LOOP
			BEGIN
				PERFORM gaussdb_create_backup('cloud', instance.id, 'nightly-' || to_char(now(), 'YYYYMMDD'));
			EXCEPTION WHEN OTHERS THEN
				RAISE WARNING 'backup of % was not started: %', instance.name, SQLERRM;
			END;
		END LOOP;
	END $$;

	CREATE TABLE cmdb.deleted AS SELECT NULL::text AS backup_id, NULL::text AS backup_name LIMIT 0;

	-- The fleet as it was, and what is different from the time before.
	CREATE TABLE cmdb.history (at timestamptz, id text, name text, status text, volume_size integer);
	CREATE VIEW cmdb.changes AS
		WITH numbered AS (
			SELECT *, dense_rank() OVER (ORDER BY at DESC) AS age FROM cmdb.history)
		SELECT coalesce(n.id, o.id) AS id, o.name AS old_name, n.name AS new_name
		  FROM (SELECT * FROM numbered WHERE age = 1) n
		  FULL JOIN (SELECT * FROM numbered WHERE age = 2) o USING (id)
		 WHERE (o.name, o.status, o.volume_size) IS DISTINCT FROM (n.name, n.status, n.volume_size);

	CREATE TABLE cmdb.alerts (job_id text PRIMARY KEY, instance_name text, fail_reason text);
	CREATE TABLE cmdb.office_hours (instance_id text, wanted text);
SQL

# What there is before.
my @tagged = split /\n/, $gmf->sql("SELECT id FROM cloud.instances WHERE tag_filter = 'team=finance' AND status = 'ACTIVE' "
	. 'ORDER BY id');
my @others = split /\n/, $gmf->sql('SELECT id FROM cloud.instances WHERE status = \'ACTIVE\' AND id <> ALL '
	. "(ARRAY(SELECT id FROM cloud.instances WHERE tag_filter = 'team=finance')) ORDER BY id LIMIT 4");
my ($to_stop, $to_rename, $to_fail, $old) = @others;
cmp_ok(scalar @tagged, '>', 1, scalar(@tagged) . ' instances have the tag');
$gmf->sql("INSERT INTO cmdb.office_hours VALUES ('$to_stop', 'stopped')");
$gmf->sql("INSERT INTO cmdb.history SELECT now() - interval '1 hour', id, name, status, volume_size FROM cloud.instances");
$gmf->sql("SELECT gaussdb_rename_instance('cloud', '$to_rename', 'renamed-since')");
$gmf->emulator->admin('POST', 'fail-next-job', { reason => 'The disk is on fire.' });
$gmf->sql("SELECT gaussdb_restart_instance('cloud', '$to_fail')");
my $backup = $gmf->sql("SELECT backup_id FROM gaussdb_create_backup('cloud', '$old', 'kept-too-long')");

# One of the instances with the tag is refused.
my $refused = $tagged[0];
$gmf->forget;
$gmf->fault({ match => { operation_id => 'CreateManualBackup', first => 1 },
	effect => { status => 409, body => { error_code => 'DBS.200011', error_msg => 'Busy.' } } });

my %jobs = (
	backup => "CALL cmdb.backup_tagged('team=finance')",
	retention => "INSERT INTO cmdb.deleted SELECT d.* FROM cloud.backups b, gaussdb_delete_backup('cloud', b.id) d "
		. "WHERE b.type = 'manual' AND b.name = 'kept-too-long' AND b.begin_time < now()",
	history => 'INSERT INTO cmdb.history SELECT now(), id, name, status, volume_size FROM cloud.instances',
	alerts => "INSERT INTO cmdb.alerts SELECT id, instance_name, fail_reason FROM cloud.jobs WHERE status = 'Failed' "
		. "AND created > now() - interval '1 day' ON CONFLICT DO NOTHING",
	office_hours => "SELECT gaussdb_stop_instance('cloud', i.id, '{}') FROM cmdb.office_hours h JOIN cloud.instances i "
		. "ON i.id = h.instance_id WHERE h.wanted = 'stopped' AND i.status = 'ACTIVE'",
	fails => 'SELECT gaussdb_wait_for_job(\'cloud\', \'none\')');

$gmf->sql("SELECT cron.schedule('$_', '* * * * *', \$job\$$jobs{$_}\$job\$)", user => 'operator') for sort keys %jobs;
$gmf->sql("SELECT cron.schedule('strange', '* * * * *', 'SELECT count(*) FROM cloud.instances')", user => 'stranger');
$gmf->wait_until('(SELECT count(DISTINCT jobid) FROM cron.job_run_details WHERE status IN (\'succeeded\', \'failed\')) = '
	. (1 + keys %jobs), 150);
# Once is enough.
$gmf->sql('UPDATE cron.job SET active = false');
my @requests = $gmf->requests;

subtest 'outcome' => sub {
	my %outcome = map { split /\|/, $_, 2 } split /\n/, $gmf->sql('SELECT DISTINCT ON (j.jobname) j.jobname, d.status '
		. 'FROM cron.job j JOIN cron.job_run_details d USING (jobid) WHERE d.status IN (\'succeeded\', \'failed\') '
		. 'ORDER BY j.jobname, d.runid');

	is_deeply(\%outcome, { (map { $_ => 'succeeded' } keys %jobs), fails => 'failed', strange => 'failed' },
		'cron.job_run_details knows how each of them ended');
	like($gmf->sql("SELECT return_message FROM cron.job JOIN cron.job_run_details USING (jobid) "
		. "WHERE jobname = 'fails' AND status = 'failed' LIMIT 1"),
		qr/permission denied for function gaussdb_wait_for_job/, 'and why one failed');
	like($gmf->sql("SELECT return_message FROM cron.job JOIN cron.job_run_details USING (jobid) "
		. "WHERE jobname = 'strange' AND status = 'failed' LIMIT 1"), qr/user mapping not found for (user )?"stranger"/,
		'... and another');
};

subtest 'by whom' => sub {
	my @with_another = grep { !$_->{headers}{has_security_token} } @requests;

	cmp_ok(scalar @requests, '>', 5, scalar(@requests) . ' requests');
	is(scalar @with_another, 0, 'all with the credential of the operator');
	like($gmf->log_text, qr/action gaussdb_create_backup by "operator" on server "cloud"/, 'who is in the log');
};

subtest 'backups' => sub {
	my @asked = map { $_->{body}{instance_id} } grep { ($_->{operation_id} // '') eq 'CreateManualBackup' } @requests;
	my %asked = map { $_ => 1 } @asked;
	my @made = split /\n/, $gmf->sql("SELECT DISTINCT instance_id FROM cloud.backups WHERE type = 'manual' AND name "
		. "LIKE 'nightly-%' ORDER BY 1");

	is_deeply([ sort keys %asked ], \@tagged, 'of every instance with the tag, and no other');
	cmp_ok(scalar @made, '>=', @tagged - 1, 'one that was refused did not keep the others from theirs');
	like($gmf->log_text, qr/WARNING:  backup of \S+ was not started: GaussDB refused .*Busy/, 'and was reported');
};

subtest 'retention' => sub {
	is($gmf->sql('SELECT DISTINCT backup_id FROM cmdb.deleted'), $backup, 'the old backup is deleted');
	is($gmf->sql("SELECT count(*) FROM cloud.backups WHERE id = '$backup'"), 0, 'and gone');
};

subtest 'history' => sub {
	is($gmf->sql('SELECT count(*) FROM cmdb.history WHERE at = (SELECT max(at) FROM cmdb.history)'), 60, 'the fleet of now');
	is($gmf->sql("SELECT new_name FROM (SELECT DISTINCT id, new_name FROM cmdb.changes) c WHERE id = '$to_rename'"),
		'renamed-since', 'what changed');
};

subtest 'alerts' => sub {
	is($gmf->sql("SELECT a.fail_reason FROM cmdb.alerts a JOIN cloud.instances i ON i.name = a.instance_name "
		. "WHERE i.id = '$to_fail'"), 'The disk is on fire.', 'the job that failed');
};

subtest 'office hours' => sub {
	is(scalar(grep { ($_->{operation_id} // '') eq 'StopInstance' } @requests), $gmf->performed->{StopInstance},
		'stopped as often as asked for');
	isnt($gmf->sql("SELECT status FROM cloud.instances WHERE id = '$to_stop'"), 'ACTIVE', 'not active any more');
};

done_testing;
