# 031_answers.pl
#	Answers as other clients of such services have met them, and not as the reference prints them:
#	objects that are gone, errors with a status of success, lists that end elsewhere, times.
#
# Each case has the answers that a server gives, and what must come of them: rows, an error, and
# which requests were sent.
use strict;
use warnings;

use JSON::PP;
use Test::More;

use GmfTest;
use GmfRawServer;

# "METHOD target body" (a regular expression): status and body, or code that gives them for
# the parameters of the query.  The first that matches counts.
my @routes;
my $json = JSON::PP->new->canonical->utf8;
my $project = $GmfEmulator::project{'cn-north-4'};

sub route
{
	my ($pattern, $status, $answer, %headers) = @_;
	push @routes, [ $pattern, $status, $answer, \%headers ];
}

my $cluster = '7d85f602-a948-4a30-afd4-e84f47471c15';
my $gone = 'aaaaaaaa-0000-4000-8000-000000000';

# ---- objects that are gone, told in many ways
route("GET .*/clusters/$cluster ", 200, { cluster => { id => $cluster, name => 'dws-1', status => 'AVAILABLE' } });
route("GET .*/clusters/${gone}401 ", 401, { error_code => 'DWS.0047', error_msg => 'Cluster does not exist or has been deleted.' });
route("GET .*/clusters/${gone}4010 ", 401, { errCode => 'DWS.0047', externalMessage => 'Cluster does not exist or has been deleted.' });
route("GET .*/clusters/${gone}403 ", 403, { error_code => 'DWS.0015', error_msg => 'Cluster does not exist or has been deleted.' });
route("GET .*/clusters/${gone}404 ", 404, { error_code => 'DWS.3027', error_msg => 'Cluster does not exist or has been deleted.' });
route('GET .*/clusters/not-a-uuid ', 400, { error_code => 'DWS.0001', error_msg => 'The cluster ID is invalid.' });
route("GET .*/clusters/${gone}other ", 403, { error_code => 'DWS.9999', error_msg => 'Not for you.' });
route('GET .*/snapshots/', 400, { error_code => 'DWS.5149', error_msg => 'The snapshot does not exist.' });
route('POST .*/v3/auth/tokens', 201, { token => { expires_at => '2099-01-01T00:00:00.000000Z',
	issued_at => '2026-01-01T00:00:00.000000Z', methods => ['password'], project => { id => $project, name => 'cn-north-4',
	domain => { id => 'd', name => 'd' } }, user => { id => 'u', name => 'u', domain => { id => 'd', name => 'd' } } } },
	'X-Subject-Token' => 'tok');

# ---- errors with a status of success
route('GET /v1.0/[^/]*/clusters ', 200, { error_code => 'DWS.9999', error_msg => 'The cluster is not available.' });
route('GET /v3.1/[^/]*/instances', 200, { errCode => 'DBS.200044', externalMessage => 'Operation not allowed.' });
route('POST .*/clusters/[^/]*/resize', 200, { error_code => 'DWS.8119', error_msg => 'The number of nodes is incorrect.' });
route('POST /v3/[^/]*/instances/nothing/restart', 202, {});
route('POST /v3/[^/]*/instances', 200, { errCode => 'DBS.200044', externalMessage => 'Operation not allowed.' });
route('GET /own/plans', 200, { error_code => 'DWS.9999', workload_res_code => 110, workload_res_str => 'no plan' });
route('GET /own/queue', 200, { workload_res_code => -1, workload_queue => undef });
route('GET /own/gateway', 200, { error => { code => 500, message => 'backend down' } });
route('GET /own/success', 200, { error_code => 'DWS.0000', rows => [ { id => 'a' } ] });
route('GET /own/null', 200, { rows => undef });
route('GET /own/empty', 200, {});

# ---- errors in many forms
route('GET /own/errors', 400, { errors => [ { status => 400, title => 'Bad Request',
	detail => "'nonsense' is not a 'uuid'", request_id => 'req-7dc371b4' } ] });
route('GET /own/plain', 429, \'slow down', 'Content-Type' => 'text/plain', 'Retry-After' => 100);
route('GET /own/html', 400, \'<html><head><title>400 No required SSL certificate was sent</title></head></html>');
route('GET /own/osid', 403, { error => { code => 403, message => 'no' } }, 'x-openstack-request-id' => 'req-9430c066');
route('GET /own/base64', 400, \'eyJlcnJvcl9jb2RlIjoiQVBJRy4xIiwiZXJyb3JfbXNnIjoibm8ifQ==');

# ---- lists and their ends
my @rows = map { { id => sprintf('r%03d', $_) } } 0 .. 249;

# So many rows behind a marker or from a position, at most "cap" of them.
sub page
{
	my ($count, $cap, %query) = @_;
	my $limit = $query{limit} // 20;
	my $begin = $query{offset} // 0;

	$limit = $cap if $cap && $limit > $cap;
	$begin = 1 + substr $query{marker}, 1 if defined $query{marker};
	my $end = $begin + $limit < $count ? $begin + $limit : $count;
	return ($begin < $end ? [ @rows[ $begin .. $end - 1 ] ] : [], $end < $count, $end);
}

# Capped at 20, whatever is asked for; the last page has no link.
route('GET /own/linked', 200, sub {
	my %query = @_;
	my ($page, $more) = page(53, 20, %query);
	return { rows => $page, $more ? (next => "/elsewhere?limit=20&marker=$page->[-1]{id}&kind=$query{kind}") : () };
});
route('GET /own/marker', 200, sub { my ($page) = page(53, 20, @_); return { rows => $page } });
route('GET /own/offset', 200, sub { my ($page) = page(53, 20, @_); return { rows => $page } });
route('GET /own/full', 200, sub { my ($page) = page(53, 0, @_); return { rows => $page } });
# The position is the number of a page, from 1; 0 is the first one, too.
route('GET /own/pages', 200, sub {
	my %query = @_;
	my $number = $query{offset} > 1 ? $query{offset} - 1 : 0;
	my ($page) = page(250, 0, limit => $query{limit}, offset => $number * $query{limit});
	return { rows => $page, total => 250 };
});
# The other way round
route('GET /own/records', 200, sub { my ($page) = page(250, 0, @_); return { rows => $page, total => 250 } });
route('GET /own/early', 200, sub { my ($page) = page(30, 0, @_); return { rows => $page, total => 137 } });
route('GET /own/truncated', 200, { rows => [ @rows[ 0 .. 4 ] ], truncated => JSON::PP::true, links => { next => undef } });
route('GET /own/part', 200, { rows => [ @rows[ 0 .. 4 ] ], total => 9 });
# Two pages, over and over again
route('GET /own/around', 200, sub {
	my %query = @_;
	my $position = $query{offset} // (defined $query{marker} ? 1 + substr $query{marker}, 1 : 0);
	return { rows => [ @rows[ map { $_ + $position % 20 } 0 .. 9 ] ] };
});

# ---- values
route('GET /own/times', 200, { rows => [
	map { { id => $_->[0], t => $_->[1] } } [ a => '2024-07-02T10:00:00Z+0800' ], [ b => '2017-08-28T03:08Z' ],
	[ c => '0' ], [ d => 0 ], [ e => '-1' ], [ f => '' ], [ g => undef ], [ h => '1608519469412' ] ] });
route('GET /own/names', 200, { servers => [ { id => 's1', 'OS-EXT-STS:vm_state' => 'active',
	metadata => { 'metering.order_id' => 'CS18', vpc_id => 'v' } } ] });
route('GET /own/members', 200, { inventories => { VCPU => { total => 8 }, DISK => { total => 10 } }, gen => 7 });

# ---- a batch of jobs, of which one is gone
my ($good_job, $gone_job, $gone_too) = map { "c0000000-0000-4000-8000-0000000jb10$_" } 0 .. 2;
my $no_task = { error_code => 'DRS.M05004', error_msg => 'The task does not exist or has been deleted.' };
route("POST /own/batch .*$gone_job.*", 400, { count => 1, results => [ { id => $gone_job, status => '', %$no_task } ] });
route("POST /own/batch .*$gone_too.*", 200, { count => 2, results => [ { id => $good_job, status => 'ok' },
	{ id => $gone_too, %$no_task } ] });
route('POST /own/batch ', 200, { count => 1, results => [ { id => $good_job, status => 'ok' } ] });

sub answer
{
	my ($socket, $request) = @_;
	my ($head, $body) = split /\r\n\r\n/, $request, 2;
	my ($method, $target) = $head =~ /^(\S+) (\S+)/;
	my ($length) = $head =~ /^content-length: *(\d+)/im;

	read $socket, $body, $length - length $body, length $body if $length && length $body < $length;
	for my $route (@routes)
	{
		my ($pattern, $status, $answer, $headers) = @$route;

		next if "$method $target $body" !~ m{^$pattern};
		my ($query) = $target =~ /\?(.*)/;
		my %query = map { split /=/, $_, 2 } split /&/, $query // '';
		$answer = $answer->(%query) if ref $answer eq 'CODE';
		print $socket GmfRawServer::answer(ref $answer eq 'SCALAR' ? $$answer : $json->encode($answer),
			status => "$status X", %$headers);
		return;
	}
	print $socket GmfRawServer::answer('{"error_code": "REC.404", "error_msg": "nothing for it"}', status => '404 X');
}

my $gmf = GmfTest->new(emulator => [ '--fleet', 1 ]);
my $raw = GmfRawServer->new('*' => \&answer);
my %options = (endpoint => $raw->url, max_retries => 0);

$gmf->connect_cloud(services => [qw(gaussdb dws)], schema => 'rec', options => \%options, mapping => { token => 't' });
$gmf->connect_cloud(services => ['dws'], server => 'password', options => { %options, iam_endpoint => $raw->url },
	mapping => { user_name => 'u', password => 'p', domain_name => 'd' });
$gmf->sql('CREATE SCHEMA own');

# The rows of a query, or its error with detail and hint; which requests there were.
my $session = $gmf->session;

sub asks
{
	my ($name, $sql, $rows, @requests) = @_;

	$raw->forget;
	my ($out, $problem) = $session->try($sql);
	ref $rows ? like($problem, $rows, "$name: the error") : is($out, $rows, "$name: the rows");
	is($problem =~ /^(?:WARNING|ERROR)/m ? $problem : '', '', "$name: no error") unless ref $rows;
	is_deeply([ map { s/ HTTP.*//r =~ s/$project/p/r } $raw->taken ], \@requests, "$name: the requests") if @requests;
	return;
}

# A table of one's own; the endpoint has the name of the table.
sub own
{
	my ($name, $options, $columns, %more) = @_;
	my %list = (service => 'x', path => "/own/$name", %$options);
	my $table = $more{table} // $name;

	$gmf->sql("CREATE FOREIGN TABLE own.$table (" . ($columns // 'id text') . ') SERVER cloud '
		. GmfTest::option_list(\%list));
	return;
}

# ---------------------------------------------------------------------------

subtest 'gone is gone' => sub {
	asks("a cluster, $_", "SELECT id, name FROM rec.clusters WHERE id = '$_'", '', "GET /v1.0/p/clusters/$_")
		for "${gone}404", "${gone}401", "${gone}4010", "${gone}403", 'not-a-uuid';
	asks('a stale row in IN', "SELECT id, name FROM rec.clusters WHERE id IN ('$cluster', '${gone}401')", "$cluster|dws-1");
	asks('no other token for it', "SELECT id FROM password.clusters WHERE id = '${gone}401'", '',
		'POST /v3/auth/tokens?nocatalog=true', "GET /v1.0/p/clusters/${gone}401");
	asks('another code', "SELECT id FROM rec.clusters WHERE id = '${gone}other'", qr/does not permit .*: Not for you. \(DWS.9999\)/);
	asks('a snapshot', "SELECT id, name FROM rec.snapshots WHERE id = '${gone}400'", '');
};

subtest 'gone in a batch' => sub {
	own('batch', { method => 'POST', items => 'results', not_found => 'DRS.M05004|DRS.M00289' },
		"id text OPTIONS (location 'body', parameter 'jobs', match 'key', required 'true', batch '10'), status text");
	asks('told with 400', "SELECT * FROM own.batch WHERE id = '$gone_job'", '', 'POST /own/batch');
	asks('and among others', "SELECT * FROM own.batch WHERE id IN ('$good_job', '$gone_job')", "$good_job|ok");
	asks('told with 200, in its row', "SELECT * FROM own.batch WHERE id IN ('$good_job', '$gone_too')", "$good_job|ok",
		'POST /own/batch');
};

subtest 'errors with status 200' => sub {
	my $clusters = qr/refused "GET .*clusters": The cluster is not available. \(DWS.9999\)/;
	my $instances = qr/refused "GET .*instances": Operation not allowed. \(DBS.200044\)/;
	my $maybe = qr/HINT:  The action may have been carried out. Look before you repeat it./;

	asks('a list', 'SELECT count(*) FROM rec.clusters', $clusters);
	asks('a list with a total', 'SELECT id FROM rec.instances', $instances);
	asks('its count', 'SELECT count(*) FROM rec.instances', $instances);
	asks('an action', "SELECT * FROM dws_resize_cluster('cloud', 'c', 1)", qr/The number of nodes is incorrect. \(DWS.8119\).*$maybe/s);
	asks('one with a job', "SELECT * FROM gaussdb_restart_instance('cloud', 'abcin14')", qr/Operation not allowed. \(DBS.200044\).*$maybe/s);
	asks('one with several results', "SELECT job_id, backup_id FROM gaussdb_create_backup('cloud', 'abcin14', 'before-release')",
		qr/^ERROR/m);
	asks('an answer without the job', "SELECT * FROM gaussdb_restart_instance('cloud', 'nothing')",
		qr/the answer has no "job_id", which the operation returns.*$maybe/s);
	own('plans', { items => 'plan_list' });
	asks('a code without a text', 'SELECT * FROM own.plans', qr/: the answer does not tell the reason \(DWS.9999\)/);
	own('queue', {}, "res_code integer OPTIONS (json_path 'workload_res_code')");
	asks('an object with a code of its own', 'SELECT * FROM own.queue', '-1');
	own($_, { items => 'rows' }) for qw(gateway success null empty);
	asks('of a gateway', 'SELECT * FROM own.gateway', qr/failed at .*: backend down \(500\)/);
	asks('a code of success', 'SELECT * FROM own.success', 'a');
	asks('a list that is null', 'SELECT * FROM own.null', '');
	asks('an empty answer', 'SELECT count(*) FROM own.empty', qr/the answer has no "rows"; it has no members/);
	own('full', { items => 'row' }, 'id text', table => 'misspelt');
	asks('items misspelt', 'SELECT count(*) FROM own.misspelt', qr/the answer has no "row"; its members are: "rows"/);
};

subtest 'errors in many forms' => sub {
	own($_, { items => 'rows' }) for qw(errors plain html osid base64);
	asks('errors[]', 'SELECT * FROM own.errors', qr/refused .*: 'nonsense' is not a 'uuid' \(400\).*request id req-7dc371b4/s);
	asks('plain text', 'SELECT * FROM own.plain', qr/throttled .*: slow down$/m);
	asks('a page', 'SELECT * FROM own.html', qr/refused .*: 400 No required SSL certificate was sent$/m);
	asks('a request id of OpenStack', 'SELECT * FROM own.osid', qr/: no \(403\).*request id req-9430c066/s);
	asks('base64', 'SELECT * FROM own.base64', qr/refused .*: no \(APIG.1\)/);
};

subtest 'capped pages' => sub {
	own('marker', { items => 'rows', paging => 'marker', max_limit => 100, key => 'id' });
	asks('by marker', 'SELECT count(*) FROM own.marker', '53', 'GET /own/marker?limit=100', 'GET /own/marker?limit=100&marker=r019',
		'GET /own/marker?limit=100&marker=r039', 'GET /own/marker?limit=100&marker=r052');
	own('offset', { items => 'rows', paging => 'records', max_limit => 100, key => 'id' });
	asks('by record', 'SELECT count(*), min(id), max(id) FROM own.offset', '53|r000|r052');
	asks('and a LIMIT', 'SELECT count(*) FROM (SELECT id FROM own.offset LIMIT 20) x', '20', 'GET /own/offset?limit=20&offset=0');
	own('linked', { items => 'rows', next_link => 'next', limit_parameter => 'limit', max_limit => 50 },
		"id text, kind text OPTIONS (match 'exact', in_answer 'false')");
	asks('by link', "SELECT count(*), min(id), max(id) FROM own.linked WHERE kind = 'a b'", '53|r000|r052',
		'GET /own/linked?kind=a%20b&limit=50', 'GET /own/linked?kind=a%20b&limit=50&marker=r019',
		'GET /own/linked?kind=a%20b&limit=50&marker=r039');
	own('full', { items => 'rows', paging => 'marker', page_size => 50, next_marker => 'uuid', key => 'id' });
	asks('no marker in a full page', 'SELECT count(*) FROM own.full', qr/the last record of the page has no marker at "uuid"/);
};

subtest 'ends of lists' => sub {
	my %paged = (items => 'rows', total => 'total', max_limit => 100, key => 'id');

	own('pages', { %paged, paging => 'records' });
	asks('pages, where the table says records', 'SELECT count(*), count(DISTINCT id) FROM (SELECT id FROM own.pages OFFSET 0) x', '250|250');
	own('pages', { %paged, paging => 'pages' }, 'id text', table => 'pages_from_0');
	asks('pages from 1, where the table says 0', 'SELECT count(*), count(DISTINCT id) FROM (SELECT id FROM own.pages_from_0 OFFSET 0) x', '250|250');
	own('records', { %paged, paging => 'pages' });
	asks('records, where the table says pages', 'SELECT count(*), count(DISTINCT id) FROM (SELECT id FROM own.records OFFSET 0) x', '250|250');
	own('early', { %paged, paging => 'records' });
	asks('an end before the total', 'SELECT id FROM own.early', qr/the list ended after 30 records, although the service counts 137/);
	asks('which a LIMIT does not meet', 'SELECT count(*) FROM (SELECT id FROM own.early LIMIT 30) x', '30');
	asks('an offset beyond all', 'SELECT id FROM own.records OFFSET 9223372036854775807', '');
	own('truncated', { items => 'rows' });
	asks('truncated', 'SELECT id FROM own.truncated', qr/^WARNING:.*the answer holds only a part of the list: its "truncated" says/m);
	own('part', { items => 'rows', total => 'total' });
	asks('a part', 'SELECT id FROM own.part', qr/^WARNING:.*the answer holds only 5 of the 9 rows that the service counts/m);
	own('around', { items => 'rows', paging => $_, page_size => 10, key => 'id' }, 'id text', table => "around_$_") for qw(records marker);
	asks("pages in a circle, by $_", "SELECT count(*) FROM own.around_$_", qr/the pages of the list go round in a circle/)
		for qw(records marker);
	cmp_ok(scalar(my @requests = $raw->taken), '<', 30, 'a few requests');
};

subtest 'values' => sub {
	own('times', { items => 'rows' }, 'id text, t timestamptz');
	asks('times', 'SELECT string_agg(id || coalesce(to_char(t, \'=YYYY-MM-DD HH24:MI\'), \'\'), \' \' ORDER BY id) FROM own.times',
		'a=2024-07-02 02:00 b=2017-08-28 03:08 c d e f g h=2020-12-21 02:57');
	own('names', { items => 'servers' }, q{id text, state text OPTIONS (json_path 'OS-EXT-STS:vm_state'),
		vpc text OPTIONS (json_path 'metadata.vpc_id'), order_id text OPTIONS (json_path 'metadata."metering.order_id"')});
	asks('names', 'SELECT * FROM own.names', 's1|active|v|CS18');
	own('members', { items => 'inventories{}' }, q{name text OPTIONS (json_path '@key'), total integer,
		gen integer OPTIONS (json_path '$.gen')});
	asks('members', 'SELECT * FROM own.members ORDER BY 1', "DISK|10|7\nVCPU|8|7");
	for my $never ('@value.total', '^.@key')
	{
		my (undef, $problem) = $gmf->try("CREATE FOREIGN TABLE own.never (x text OPTIONS (json_path '$never')) SERVER cloud "
			. "OPTIONS (service 'x', path '/x', items 'a{}')");
		like($problem, qr/nothing is ever at "\Q$never\E"/, "never at $never");
	}
};

done_testing;
