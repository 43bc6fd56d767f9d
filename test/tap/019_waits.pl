# 019_waits.pl
#	Waiting ends: in every state that is not known to go on, at the time-out, and when what is waited for is gone.
#	Of many jobs all rows come back, whatever became of each.
use strict;
use warnings;

use File::Temp qw(tempfile);
use JSON::PP;
use Test::More;
use Time::HiRes qw(time);

use GmfTest;
use GmfRawServer;

my $gmf = GmfTest->new(emulator => [ '--fleet', 20, '--job-seconds', 0 ]);
my (undef, $counts) = tempfile(UNLINK => 1);

# A cluster says by its id what state it is in: "FROZEN", "AVAILABLE+REBOOTING", and after "then", which it has after
# two answers; "GONE" is no cluster.
my $raw = GmfRawServer->new('*' => sub {
	my ($socket, $request) = @_;
	my ($id) = $request =~ m,^GET \S+/clusters/([^/? ]+) ,;
	my ($first, $later) = split /then/, $id =~ s/%2B/+/gr =~ s/%20/ /gr;
	my $state = defined $later && count($id) > 2 ? $later : $first;
	my ($status, $task) = split /\+/, $state;
	my $cluster = { id => $id =~ s/%2B/+/gr =~ s/%20/ /gr, name => 'dws-1', status => $status, task_status => $task,
		sub_status => 'NORMAL', action_progress => {}, number_of_node => 3 };

	$cluster->{failed_reasons} = { error_code => 'DWS.1', error_msg => 'sold out' } if $status =~ /FAILED/;
	print $socket $state eq 'GONE'
		? GmfRawServer::answer('{"error_code":"DWS.3027","error_msg":"no such cluster"}', status => '404 Not Found')
		: GmfRawServer::answer(JSON::PP->new->encode({ cluster => $cluster }));
});

$gmf->connect_cloud;
$gmf->connect_cloud(server => 'dws', services => [], options => { endpoint => $raw->url, max_retries => 0 });

subtest 'a cluster' => sub {
	my $waits = '3 s';
	my %error = (
		'CREATION FAILED' => qr/failed: sold out/, 'CREATE_FAILED' => qr/failed: sold out/, 'FAILED' => qr/failed: sold out/,
		'DELETE_FAILED' => qr/failed: sold out/, 'FROZEN' => qr/is in the state "FROZEN", which is not known to go on/,
		'POLICE_FROZEN' => qr/is in the state "POLICE_FROZEN"/, 'DELETED' => qr/is in the state "DELETED"/,
		'SOMETHING_NEW' => qr/is in the state "SOMETHING_NEW"/, '' => qr/is in the state ""/,
		(map { ("AVAILABLE+$_" => qr/failed: AVAILABLE, $_/) } qw(CREATE_NODE_FAILED DELETE_NODE_FAILED REDISTRIBUTE_FAILURE
			ELB_BIND_FAILED ELB_UNBIND_FAILED ELB_SWITCHING_FAILED REBOOT_FAILURE RESIZE_FAILURE CLUSTER_SHRINK_FAILED)),
		(map { ("AVAILABLE+$_" => qr/is in the state "AVAILABLE, $_", which is not known to go on/) }
			qw(WAITING_REDISTRIBUTION REDISTRIBUTION_PAUSED ORDER_PENDING SOMETHING_NEW)),
		'FROZEN+RESTORING' => qr/is in the state "FROZEN, RESTORING"/,
		'CREATING+CREATE_NODE_FAILED' => qr/failed/,
		'CREATINGthenFROZEN' => qr/is in the state "FROZEN"/,
		'CREATINGthenGONE' => qr/is gone/, 'AVAILABLE+REBOOTINGthenGONE' => qr/is gone/,
		'GONE' => qr/there is no cluster/);

	for my $id (sort keys %error)
	{
		next if $id eq '';		# no id
		my ($out, $err) = wait_for($id);

		like($err, qr/^ERROR:  \w+: (cluster "\Q$id\E" )?$error{$id}/m, "$id: ends with an error");
	}
	for my $id ('AVAILABLE', 'ACTIVE', 'UNAVAILABLE', 'CREATINGthenAVAILABLE', 'CREATING+CREATINGthenACTIVE',
		map { "AVAILABLE+${_}thenAVAILABLE" } qw(GROWING REBOOTING REDISTRIBUTING ELB_BINDING CREATING_NODE FLAVOR_RESIZING
			ADD_CN_ING DISK_EXPANDING SNAPSHOTTING))
	{
		my ($out, $err) = wait_for($id);

		is($out, $id =~ s/.*then//r, "$id: ends with a row");
	}
	for my $id ('CREATING', 'DELETING', 'AVAILABLE+GROWING')
	{
		my ($out, $err) = wait_for($id, timeout => '300 ms');

		like($err, qr/^ERROR:  55000: .*has not ended within the timeout: /m, "$id: goes on until the time-out");
	}
};

subtest 'a default time-out' => sub {
	for my $function (qw(gaussdb_wait_for_job gaussdb_wait_for_jobs dws_wait_for_cluster))
	{
		like($gmf->sql("SELECT pg_get_function_arguments('$function'::regproc)"),
			qr/timeout interval DEFAULT '02:00:00'::interval/, $function);
	}
};

subtest 'one job' => sub {
	$gmf->config(job_seconds => 1000);
	my $instance = instance();
	my $job = $gmf->sql("SELECT gaussdb_restart_instance('cloud', '$instance->[0]')");
	my ($out, $err) = $gmf->try("\\set VERBOSITY verbose\nSELECT * FROM gaussdb_wait_for_job('cloud', '$job', '0 s')");

	like($err, qr/^ERROR:  55000: job "$job" has not ended within the timeout: Running/m, 'a time-out is no cancel');
	like($err, qr/NOTICE:  .*job "$job" \(\w+ of $instance->[1]\): Running/, 'and its NOTICE names the instance');
	like(($gmf->try("SET statement_timeout = '300ms'; \\set VERBOSITY verbose\nSELECT * FROM "
			. "gaussdb_wait_for_job('cloud', '$job')"))[1], qr/ERROR:  57014/, 'a cancel is one');
	is($gmf->sql("DO \$\$ BEGIN PERFORM gaussdb_wait_for_job('cloud', '$job', '0 s'); EXCEPTION "
			. "WHEN object_not_in_prerequisite_state THEN NULL; END \$\$"), '', 'and can be caught by its name');
	$gmf->reset;
	$gmf->config(job_seconds => 0);
};

subtest 'many jobs' => sub {
	my @instances = map { instance($_) } 1 .. 3;
	my @jobs;

	$gmf->emulator->admin('POST', 'fail-next-job', { reason => 'no storage' });
	push @jobs, $gmf->sql("SELECT gaussdb_restart_instance('cloud', '$_->[0]')") for @instances[ 0, 1 ];
	$gmf->sql("SELECT count(*) FROM gaussdb_wait_for_jobs('cloud', '{$jobs[0],$jobs[1]}')");
	$gmf->config(job_seconds => 1000);
	push @jobs, $gmf->sql("SELECT gaussdb_restart_instance('cloud', '$instances[2]->[0]')");
	$gmf->forget;
	my ($out, $err) = $gmf->try("SELECT id, status, instance_name, fail_reason FROM gaussdb_wait_for_jobs('cloud', "
		. "'{$jobs[2],$jobs[0],$jobs[1],$jobs[0]}', '500 ms', '200 ms')");

	is($out, join("\n", "$jobs[2]|Running|$instances[2][1]|", "$jobs[0]|Failed|$instances[0][1]|no storage",
		"$jobs[1]|Completed|$instances[1][1]|"), 'at the time-out all rows are there, in the order of the ids');
	like($err, qr/^NOTICE:  1 of 3 have not ended within the timeout/m, 'and a NOTICE says how many go on');
	like($err, qr/^NOTICE:  job "$jobs[2]" \(\w+ of $instances[2][1]\): Running/m, 'the NOTICE of a job names its instance');
	unlike($err, qr/ERROR/, 'it is no error');
	my @asked = $gmf->requests;
	is(scalar(grep { $_->{query}[0][1] eq $jobs[0] } @asked), 1, 'a job that has ended is asked for once');
	cmp_ok(scalar(grep { $_->{query}[0][1] eq $jobs[2] } @asked), '>=', 2, 'one that goes on, again');

	# One that vanishes while it is waited for.
	my $session = $gmf->session;
	$session->send("SELECT id, status FROM gaussdb_wait_for_jobs('cloud', '{$jobs[1],$jobs[2]}', '20 s', '100 ms')");
	$gmf->wait_until("SELECT count(*) > 0 FROM pg_stat_activity WHERE query LIKE '%wait_for_jobs%' AND wait_event_type = 'Extension'");
	$gmf->fault({ match => { path_regex => '/jobs' }, effect => { status => 404,
		body => '{"error_code": "DBS.200543", "error_msg": "The job does not exist."}' } });
	($out, $err) = $session->wait;
	$gmf->no_faults;
	is($out, "$jobs[1]|Completed\n$jobs[2]|", 'one that is gone is a row of its id');
	like($err, qr/NOTICE:  job "$jobs[2]" is gone/, 'and a NOTICE');
	$session->quit;
	$gmf->config(job_seconds => 0);
};

subtest 'a rehearsal' => sub {
	my $id = instance()->[0];
	my $good = $gmf->sql("SELECT gaussdb_restart_instance('cloud', '$id')");

	$gmf->forget;
	is($gmf->sql("SET gaussdb_mgmt_fdw.dry_run = on; SELECT count(*) FROM gaussdb_wait_for_jobs('cloud', "
			. "ARRAY(SELECT gaussdb_restart_instance('cloud', '$id')))"), 0, 'has no jobs to wait for');
	is($gmf->sql("SET gaussdb_mgmt_fdw.dry_run = on; SELECT count(*) FROM gaussdb_wait_for_jobs('cloud', NULL)"), 0, 'none at all');
	is($gmf->sql("SET gaussdb_mgmt_fdw.dry_run = on; SELECT id IS NULL FROM gaussdb_wait_for_job('cloud', "
			. "gaussdb_restart_instance('cloud', '$id'))"), 't', 'nor one');
	is(scalar $gmf->requests, 0, 'nothing was asked');
	is($gmf->sql("SET gaussdb_mgmt_fdw.dry_run = on; SELECT status FROM gaussdb_wait_for_jobs('cloud', "
			. "ARRAY[NULL, '$good', NULL])"), 'Completed', 'one that there is, is waited for');
	like($gmf->error("SELECT * FROM gaussdb_wait_for_jobs('cloud', ARRAY[NULL, '$good'])"), qr/not NULL/,
		'without dry_run NULL is an error');
};

subtest 'a great many' => sub {
	my @seconds;

	# Ids that no job can have cost no request: what is left is the time to tell them apart.
	for my $n (20_000, 80_000)
	{
		my ($seconds) = $gmf->timed(sub { $gmf->try("SELECT count(*) FROM gaussdb_wait_for_jobs('cloud', "
				. "ARRAY(SELECT lpad(g::text, 200, 'x') FROM generate_series(1, $n) g))") });
		push @seconds, $seconds;
	}
	note sprintf '20,000 ids: %.2f s, 80,000 ids: %.2f s', @seconds;
	my ($out, $err) = $gmf->try("SET statement_timeout = '1ms'; SELECT count(*) FROM gaussdb_wait_for_jobs('cloud', "
		. "ARRAY(SELECT lpad(g::text, 200, 'x') FROM generate_series(1, 100000) g))");
	like($err, qr/statement timeout/, 'can be stopped');
};

subtest 'functions that are declared otherwise' => sub {
	my $as = "LANGUAGE C AS 'gaussdb_mgmt_fdw',";
	my %declared = (
		'gaussdb_create_backup(server name, instance_id text, name text, description text DEFAULT NULL) RETURNS text' => 'action',
		'gaussdb_restart_instance(server name, instance_id text) RETURNS integer' => 'action',
		'gaussdb_restart_instance(server name, instance_id integer) RETURNS text' => 'action',
		'gaussdb_restart_instance(server text, instance_id text) RETURNS text' => 'action',
		'gaussdb_restart_instance(server name, instance_id text) RETURNS SETOF text' => 'action',
		'gaussdb_restart_instance() RETURNS text' => 'action',
		'gaussdb_delete_backup(server name, backup_id text, OUT a text, OUT b text, OUT c bytea) RETURNS record' => 'action',
		'gaussdb_wait_for_job(server name, job_id text, timeout interval, poll_interval interval) RETURNS text' => 'wait',
		'gaussdb_wait_for_job(server name, job_id text, timeout interval) RETURNS text' => 'wait',
		'gaussdb_wait_for_job(server name, job_id text, timeout interval, poll_interval interval, OUT id integer, '
			. 'OUT status text) RETURNS record' => 'wait',
		'gaussdb_mgmt_request(server name, service text, method text, path text, query jsonb, body jsonb) RETURNS text' => 'request',
		'gaussdb_mgmt_request(server name, service text, method text, path text, query jsonb, body jsonb, OUT status bigint, '
			. 'OUT headers jsonb, OUT body_text text)' => 'request');

	$gmf->sql('CREATE SCHEMA other');
	$gmf->forget;
	for my $declared (sort keys %declared)
	{
		my ($name, $inputs) = $declared =~ /^(\w+)\(([^)]*)/;
		my @arguments = map { my ($type) = /\w+ (\w+)/; $type eq 'interval' ? "'1 s'::interval" : $type =~ /int/ ? '1' : $type eq 'jsonb'
			? 'NULL::jsonb' : $type eq 'name' ? "'cloud'::name" : /method/ ? "'DELETE'::text" : "'cloud'::text" } grep { !/^OUT/ } split /, /, $inputs;

		$gmf->sql("CREATE FUNCTION other.$declared $as 'gaussdb_mgmt_$declared{$declared}'");
		like($gmf->error("SELECT other.$name(" . join(', ', @arguments) . ')'),
			qr/^ERROR:  function $name is not declared as gaussdb_mgmt_fdw declares it/m, $declared);
		$gmf->sql("DROP FUNCTION other.$name");
	}
	is(scalar $gmf->requests, 0, 'nothing was sent');
};

done_testing;

# -----------------------------------------------------------------------------------------

sub wait_for
{
	my ($id, %options) = @_;
	my $timeout = $options{timeout} // '10 s';

	return $gmf->try("\\set VERBOSITY verbose\nSELECT coalesce(status, '') FROM dws_wait_for_cluster('dws', '$id', '$timeout', '50 ms')");
}

# [id, name] of an active instance
sub instance
{
	my ($number) = @_;

	return [ split /\|/, $gmf->sql("SELECT id, name FROM cloud.instances WHERE status = 'ACTIVE' ORDER BY name LIMIT 1 OFFSET "
		. ($number // 0)) ];
}

# How often this was called with a key, in whatever process.
sub count
{
	my ($key) = @_;

	open my $file, '>>', $counts or die "$counts: $!";
	print $file "$key\n";
	close $file;
	open $file, '<', $counts or die "$counts: $!";
	my $n = grep { $_ eq "$key\n" } <$file>;
	close $file;
	return $n;
}
