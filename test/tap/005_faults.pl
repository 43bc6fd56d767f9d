# 005_faults.pl
#	What goes wrong between the database and the cloud: for each fault, the SQLSTATE and the
#	text that a user gets, how often the request was tried, and that the same session works
#	afterwards.
#
# The manual has the same table.
use strict;
use warnings;

use File::Temp qw(tempdir);
use List::Util qw(max);
use Test::More;

use GmfTest;
use GmfRawServer;

my $fleet = 30;
my $gmf = GmfTest->new(emulator => [ '--fleet', $fleet ]);
my $works = 'SELECT count(id) FROM cloud.instances';
my $list = { operation_id => 'ListInstancesDetails' };
my $raw;

$gmf->connect_cloud(options => { page_size => 10, max_retries => 2, request_timeout => 1,
	# What is unpacked is to come to that within the second, also on a busy machine.
	max_response_size => '8MB' });
my $session = $gmf->session;
$session->query('\set VERBOSITY verbose');

# --- answers of the emulator, spoilt to order ------------------------------------------

# name, effect of the fault, SQLSTATE, message, how often it is tried.  Where it may pass it is
# tried three times, as max_retries is 2.
my @spoilt = (
	[ 'status 400', { status => 400 }, 'HV000', qr/GaussDB refused "GET .*HTTP 400/s, 1 ],
	[ 'status 401', { unauthorized => \1 }, '28000', qr/did not accept the credential.*decrypt token fail/s, 1 ],
	[ 'status 403', { status => 403 }, '42501', qr/does not permit/, 1 ],
	# No object of the API: the code of the error would say so.
	[ 'status 404', { status => 404 }, 'HV000', qr/refused.*HTTP 404/s, 1 ],
	[ 'status 409', { status => 409 }, '55006', qr/refused/, 1 ],
	[ 'status 500', { status => 500 }, '08006', qr/failed at/, 1 ],
	[ 'status 502, a page', { html => \1 }, '08006', qr/: 502 Bad Gateway$/m, 3 ],
	[ 'status 503', { status => 503 }, '08006', qr/failed at.*3 attempts/s, 3 ],
	[ 'status 504', { status => 504, body => '' }, '08006', qr/the answer is empty/, 3 ],
	[ 'status 429', { status => 429 }, '53400', qr/throttled.*3 attempts/s, 3 ],
	[ 'status 429 for longer than anybody waits',
		{ status => 429, headers => { 'Retry-After' => '3600' } }, '53400', qr/throttled/, 1 ],
	[ 'status 503, empty', { status => 503, body => '' }, '08006', qr/the answer is empty/, 3 ],
	[ 'status 403, cut off', { status => 403, body => '{"error_code": "DBS.1", "err' }, '42501',
		qr/does not permit/, 1 ],
	[ 'a redirection', { redirect => 'ELSEWHERE' }, 'HV00K', qr/redirected.*not followed/s, 1 ],
	[ 'a redirection to a file', { redirect => 'file:///etc/passwd' }, 'HV00K', qr/redirected/, 1 ],
	[ 'a redirection with 307', { status => 307, redirect => 'ELSEWHERE' }, 'HV00K', qr/redirected/, 1 ],
	[ 'a body of a page', { html => '<html>Welcome</html>', status => 200 }, 'HV004',
		qr/sent an answer that cannot be used/, 1 ],
	[ 'a body that is cut off', { truncate => 1000 }, 'HV004', qr/cannot be used/, 1 ],
	[ 'a body of random bytes', { garbage => \1 }, 'HV004', qr/cannot be used/, 1 ],
	[ 'a body of 1 GB', { big => 1_000_000_000 }, '54000', qr/too large an answer/, 1 ],
	[ 'a body that is small until it is unpacked', { gzip_bomb => 50_000_000 }, '54000',
		qr/too large an answer/, 1 ],
	[ 'a body that is nested deeply', { deep => 100_000 }, 'HV004', qr/nested/, 1 ],
	[ 'a connection that is closed before the answer', { close => 'before' }, '08006',
		qr/broke before an answer came/, 3 ],
	[ 'a connection that is reset before the answer', { close => 'reset' }, '08006',
		qr/broke before an answer came/, 3 ],
	[ 'a connection that is closed within the head', { close => 'headers' }, '08006', qr/broke/, 3 ],
	[ 'a connection that is closed within the body', { close => 'body' }, '08006',
		qr/broke within the answer/, 3 ],
	[ 'a connection that is reset within the body', { close => 'body', reset => \1 }, '08006',
		qr/broke within the answer/, 3 ],
	[ 'a length that is too large', { content_length_wrong => 100 }, '08006', qr/broke within the answer/, 3 ],
	[ 'a length that is too small', { content_length_wrong => -100 }, 'HV004', qr/cannot be used/, 1 ],
	[ 'chunks that are none', { garbage => 'chunked' }, '08006', qr/broke within the answer/, 3 ],
	[ 'pages that repeat', { repeat_page => \1 }, 'HV004', qr/the same page twice/, 1 ],
	[ 'no answer', { hang => \1 }, 'HV00N', qr/did not answer in time.*within 1 second/s, 1 ],
	[ 'an answer that drips', { drip => 1000 }, 'HV00N', qr/no complete answer/, 1 ],
	[ 'a member of the wrong type',
		{ mutate => { 'instances.3.created' => 'yesterday' } }, 'HV004',
		qr/"yesterday".*column "created"/s, 1 ],
	[ 'a number that is out of range', { mutate => { 'instances.3.port' => 99999999999 } },
		'HV004', qr/"99999999999".*column "port"/s, 1 ],
	[ 'an object where a number is', { mutate => { 'instances.3.port' => { a => 1 } } },
		'HV004', qr/column "port"/, 1 ],
	[ 'text with a NUL', { mutate => { 'instances.3.name' => "a\0b" } }, '22P05', qr/U\+0000.*column "name"/s, 1 ],
	[ 'an answer without a list', { status => 200, body => {} }, 'HV004', qr/has no "instances"; it has no members/, 1 ],
	[ 'an answer that is null', { status => 200, body => undef }, 'HV004', qr/cannot be used/, 1 ],
	[ 'an error with status 200', { status => 200, body => { errCode => 'DBS.200044', externalMessage => 'Not now.' } },
		'HV000', qr/refused .*: Not now. \(DBS.200044\)/, 1 ],
	[ 'the same in another form', { status => 200, body => { error => { code => 500, message => 'Down.' } } },
		'08006', qr/: Down. \(500\)/, 1 ],
	[ 'a total that is too large', { mutate => { total_count => 1000 } }, 'HV004',
		qr/the list ended after $fleet records, although the service counts 1000/, 1 ],
	[ 'a list that is null, with a total', { mutate => { instances => undef } }, 'HV004',
		qr/the list ended after 1?0 records, although the service counts $fleet/, 2 ],
	[ 'a list that is none', { mutate => { instances => 'none' } }, 'HV004', qr/cannot be used/, 1 ],
);

# The same for what must not be an error: name, effect, rows.
my @harmless = (
	[ 'a total that is too small', { mutate => { total_count => 3 } }, $fleet ],
	[ 'a total that is negative', { mutate => { total_count => -1 } }, $fleet ],
	[ 'a total that is no number', { mutate => { total_count => 'many' } }, $fleet ],
	[ 'a total that is null', { mutate => { total_count => undef } }, $fleet ],
	[ 'a total that is missing', { mutate => { total_count => '$delete' } }, $fleet ],
	[ 'null everywhere', { mutate => { 'instances.*.*' => undef } }, 0 ],
	[ 'members that are missing', { mutate => { 'instances.*.port' => '$delete',
		'instances.*.created' => '$delete', 'instances.*.volume' => '$delete' } }, $fleet ],
	[ 'members of another type', { mutate => { 'instances.*.port' => '8000',
		'instances.*.name' => 5, 'instances.*.volume' => [], 'instances.*.status' => \1 } }, $fleet ],
	[ 'times of other forms', { mutate => { 'instances.*.created' => '2022-05-09T16:01:10+0800',
		'instances.*.updated' => '' } }, $fleet ],
	[ 'a list that is null', { mutate => { instances => undef, total_count => 0 } }, 0 ],
	[ 'a list that is left out', { status => 200, body => { total_count => 0 } }, 0 ],
);

my $elsewhere = GmfRawServer->new('*' => GmfRawServer::answer('{"instances": []}'));
my $columns = 'id, name, status, port, created, updated, volume_size';

for my $case (@spoilt)
{
	my ($name, $effect, $state, $message, $tries) = @$case;

	$effect->{redirect} = $elsewhere->url('stolen/') if ($effect->{redirect} // '') eq 'ELSEWHERE';
	subtest $name => sub {
		$gmf->fault({ match => $list, effect => $effect });
		fails("SELECT $columns FROM cloud.instances", $state, $message);
		tried($tries);
		goes_on();
	};
	subtest "$name, on the second page" => sub {
		$gmf->fault({ match => { %$list, skip => 1 }, effect => $effect });
		fails("SELECT $columns FROM cloud.instances", $state, $message);
		goes_on();
	} unless $name =~ /drips|no answer/;
}
for my $case (@harmless)
{
	my ($name, $effect, $rows) = @$case;

	subtest $name => sub {
		$gmf->fault({ match => $list, effect => $effect });
		is($session->query("SELECT count(DISTINCT id) FROM (SELECT $columns FROM cloud.instances) i"),
			$rows, "$rows rows");
		$gmf->fault({ match => $list, effect => $effect });
		is($session->query("SELECT count(id) FROM (SELECT $columns FROM cloud.instances) i"),
			$rows, 'none of them twice');
		goes_on();
	};
}
is(scalar $elsewhere->taken, 0, 'no redirection was followed');

# --- what passes ------------------------------------------------------------------------

subtest 'what passes goes unnoticed' => sub {
	for my $effect ({ status => 503 }, { status => 429 }, { html => \1 }, { close => 'before' },
		{ close => 'body' }, { close => 'reset' })
	{
		$gmf->forget;
		$gmf->fault({ match => { %$list, skip => 1 }, effect => $effect, count => 2 });
		is($session->query($works), $fleet, 'all rows, after ' . join ' ', %$effect);
		is(scalar $gmf->requests, 3 + 2, '... and two more requests than pages');
	}
	goes_on();
};

subtest 'Retry-After is what is waited for' => sub {
	$gmf->forget;
	$gmf->fault({ match => $list, effect => { status => 429, headers => { 'Retry-After' => '1' } }, count => 1 });
	is($session->query('SELECT count(id) FROM cloud.instances WHERE name LIKE \'%prod%\' OR true'), $fleet,
		'all rows');
	my @requests = $gmf->requests;
	cmp_ok($requests[1]{t_start} - $requests[0]{t_start}, '>=', 0.99, 'a second later');
	goes_on();
};

subtest 'a storm of 429' => sub {
	$gmf->sql('ALTER SERVER cloud OPTIONS (SET max_retries \'10\')');
	$gmf->fault({ match => { probability => 0.3, seed => 7 }, effect => { status => 429 } });
	is($session->query('SELECT count(DISTINCT instance_id) FROM cloud.parameters'), $fleet,
		'every third request is refused: all rows in the end');
	cmp_ok(scalar(grep { $_->{status} == 429 } $gmf->requests), '>', 5, 'many were');
	$gmf->sql('ALTER SERVER cloud OPTIONS (SET max_retries \'2\')');
	goes_on();
};

subtest 'the clock of one side is wrong' => sub {
	$gmf->emulator->admin('POST', 'clock', { skew_seconds => 3600 });
	$gmf->forget;
	fails($works, '28000', qr/did not accept the credential.*clock/s);
	tried(1);
	$gmf->emulator->admin('POST', 'clock', { skew_seconds => 0 });
	goes_on();
};

subtest 'IAM is not itself' => sub {
	my @cases = (
		[ 'it is down', { status => 503 }, '08006', qr/"POST \/v3\/auth\/tokens"/ ],
		[ 'it sends no token', { status => 201, body => {} }, 'HV004', qr/token/ ],
		[ 'it sends a page', { html => \1, status => 201 }, 'HV004', qr/token/ ],
		[ 'it does not answer', { hang => \1 }, 'HV00N', qr/did not answer in time.*auth\/tokens/s ],
		[ 'it refuses', { status => 401 }, '28000', qr/did not accept.*auth\/tokens/s ]);

	$gmf->connect_cloud(server => 'by_password', mapping => \%GmfEmulator::password,
		options => { max_retries => 1, request_timeout => 1 });
	for my $case (@cases)
	{
		my ($name, $effect, $state, $message) = @$case;

		$gmf->fault({ match => { path_regex => 'auth/tokens' }, effect => $effect });
		fails('SELECT id FROM by_password.instances', $state, $message, $name);
		goes_on();
	}
	is($session->query('SELECT count(id) FROM by_password.instances'), $fleet, 'it is itself again');
};

# --- bytes that no HTTP library would send ----------------------------------------------

my $row = '{"id": "a", "name": "n", "status": "ACTIVE", "port": 1}';
my $one = "{\"instances\": [$row], \"total_count\": 1}";
my $many = 'x: ' . ('y' x 100) . "\r\n";
my %bytes = (
	good => GmfRawServer::answer($one),
	reset => sub { GmfRawServer::reset_connection($_[0]) },
	nothing => '',
	half_a_head => "HTTP/1.1 200 OK\r\nContent-Ty",
	reset_in_head => sub { my $s = $_[0]; print $s "HTTP/1.1 200 OK\r\nContent-Ty"; GmfRawServer::reset_connection($s) },
	ssh => "SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n",
	postgres => "E\0\0\0\x8dSFATAL\0VFATAL\0C0A000\0Munsupported frontend protocol\0\0",
	no_head => $one,
	bad_status => "HTTP/1.1 abc\r\n\r\n",
	status_999 => GmfRawServer::answer('', status => '999 What'),
	large_head => sub { my $s = $_[0]; print $s "HTTP/1.1 200 OK\r\n"; print $s $many for 1 .. 20_000; print $s "\r\n" },
	endless_head => sub { my $s = $_[0]; print $s "HTTP/1.1 200 OK\r\n"; 1 while print $s $many },
	endless_100 => sub { my $s = $_[0]; 1 while print $s "HTTP/1.1 100 Continue\r\n\r\n" },
	upgrade => "HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\nConnection: Upgrade\r\n\r\n",
	negative_length => GmfRawServer::answer($one, 'Content-Length' => -5),
	huge_length => GmfRawServer::answer($one, 'Content-Length' => '9' x 30),
	two_lengths => "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 500\r\n\r\n$one",
	bad_gzip => GmfRawServer::answer($one, 'Content-Encoding' => 'gzip'),
	unknown_encoding => GmfRawServer::answer($one, 'Content-Encoding' => 'rot13'),
	huge_chunk => GmfRawServer::answer("FFFFFFFFFFFFFFFFFF\r\n$one\r\n0\r\n\r\n", 'Transfer-Encoding' => 'chunked'),
	chunk_of_gigabytes => GmfRawServer::answer("7fffffff\r\n$one", 'Transfer-Encoding' => 'chunked'),
	no_content => "HTTP/1.1 204 No Content\r\n\r\n",
	partial => GmfRawServer::answer(substr($one, 0, 20), status => '206 Partial Content'),
	null => GmfRawServer::answer('null'),
	number => GmfRawServer::answer('5'),
	empty => GmfRawServer::answer(''),
	array => GmfRawServer::answer('[]'),
	after => GmfRawServer::answer("$one x"),
	twice => GmfRawServer::answer("$one$one"),
	bom => GmfRawServer::answer("\xef\xbb\xbf$one"),
	utf16 => GmfRawServer::answer(join '', map { "$_\0" } split //, $one),
	latin1 => GmfRawServer::answer($one =~ s/"n"/"caf\xe9"/r),
	surrogate => GmfRawServer::answer($one =~ s/"n"/"\\ud800"/r),
	nul => GmfRawServer::answer($one =~ s/"n"/"a\0b"/r),
	escaped_nul => GmfRawServer::answer($one =~ s/"n"/"a\\u0000b"/r),
	unused_nul => GmfRawServer::answer($one =~ s/"port": 1/"port": 1, "unused": "a\\u0000b"/r),
	infinite => GmfRawServer::answer($one =~ s/"port": 1/"port": 1e999/r),
	many_digits => GmfRawServer::answer($one =~ s/"port": 1/'"port": ' . '9' x 5000/er),
	fraction => GmfRawServer::answer($one =~ s/"port": 1/"port": 1.5/r),
	minus_zero => GmfRawServer::answer($one =~ s/"port": 1/"port": -0/r),
	not_a_number => GmfRawServer::answer($one =~ s/"port": 1/"port": NaN/r),
	doubled => GmfRawServer::answer($one =~ s/"port": 1/"port": 1, "port": 2, "id": "b"/r),
	mixed => GmfRawServer::answer("{\"instances\": [$row, null, 5, \"x\", []], \"total_count\": 5}"),
	long_name => GmfRawServer::answer($one =~ s/"n"/'"' . 'n' x 5_000_000 . '"'/er),
	many_members => GmfRawServer::answer($one =~ s/"port": 1/'"port": 1, ' . join(', ', map { "\"m$_\": $_" } 1 .. 100_000)/er),
	deep => GmfRawServer::answer($one =~ s/"port": 1/'"port": 1, "d": ' . '[' x 50_000 . ']' x 50_000/er),
	# Lists that never end: as many rows as asked for, always others; and always one more in total.
	endless_list => \&endless_list,
	growing_list => \&growing_list,
	changing_total => \&changing_total,
	shrinking_pages => \&shrinking_pages,
);

# name, SQLSTATE, message, how often it is tried; or name and rows.  Of a member that is there twice the
# last one counts; an item that is no object has none of the columns.
my @raw_cases = (
	[ good => 'a|n|ACTIVE|1' ],
	[ reset => '08006', qr/broke before an answer came/, 3 ],
	[ nothing => '08006', qr/broke before an answer came/, 3 ],
	[ half_a_head => '08006', qr/broke/, 3 ],
	[ reset_in_head => '08006', qr/broke/, 3 ],
	[ ssh => 'HV004', qr/does not answer in HTTP/, 1 ],
	[ postgres => 'HV004', qr/does not answer in HTTP/, 1 ],
	[ no_head => 'HV004', qr/does not answer in HTTP/, 1 ],
	[ bad_status => 'HV004', qr/does not answer in HTTP/, 1 ],
	[ status_999 => '08006', qr/HTTP 999/, 1 ],
	[ large_head => 'HV004', qr/headers of the answer are too large/, 1 ],
	[ endless_head => 'HV004', qr/headers of the answer are too large/, 1 ],
	[ endless_100 => 'HV004', qr/headers of the answer are too large/, 1 ],
	[ upgrade => '08006', qr/broke before an answer came/, 3 ],
	[ negative_length => 'HV004', qr/does not answer in HTTP.*Content-Length/s, 1 ],
	[ huge_length => '54000', qr/too large an answer/, 1 ],
	[ bad_gzip => 'HV004', qr/does not answer in HTTP.*incorrect header/s, 1 ],
	[ unknown_encoding => 'HV004', qr/does not answer in HTTP.*encoding/s, 1 ],
	[ huge_chunk => '08006', qr/broke within the answer/, 3 ],
	[ chunk_of_gigabytes => '08006', qr/broke within the answer/, 3 ],
	[ no_content => '' ],
	[ partial => 'HV004', qr/not valid JSON: cut off at byte 20/, 1 ],
	[ null => 'HV004', qr/has no "instances"; it has no members/, 1 ],
	[ number => 'HV004', qr/does not have an array or an object at "instances"/, 1 ],
	[ empty => 'HV004', qr/cannot be used.*the answer is empty/s, 1 ],
	[ array => 'HV004', qr/does not have an array or an object at "instances"/, 1 ],
	[ after => 'HV004', qr/not valid JSON: something after the end/, 1 ],
	[ twice => 'HV004', qr/not valid JSON: something after the end/, 1 ],
	[ bom => 'HV004', qr/not valid JSON: not a value at byte 0/, 1 ],
	[ utf16 => 'HV004', qr/not valid JSON/, 1 ],
	[ latin1 => 'HV004', qr/not valid JSON: invalid UTF-8/, 1 ],
	[ surrogate => 'HV004', qr/not valid JSON: a bad \\u escape/, 1 ],
	[ nul => 'HV004', qr/not valid JSON: a control character/, 1 ],
	[ escaped_nul => '22P05', qr/U\+0000.*column "name"/s, 1 ],
	[ unused_nul => 'a|n|ACTIVE|1' ],
	[ infinite => 'HV004', qr/"1e999".*column "port"/s, 1 ],
	[ many_digits => 'HV004', qr/"9{50,200}".*column "port"/s, 1 ],
	[ fraction => 'HV004', qr/"1.5".*column "port"/s, 1 ],
	[ minus_zero => 'a|n|ACTIVE|0' ],
	[ not_a_number => 'HV004', qr/not valid JSON: not a value/, 1 ],
	[ doubled => 'b|n|ACTIVE|2' ],
	[ mixed => join "\n", 'a|n|ACTIVE|1', ('|||') x 4 ],
	[ long_name => 'a|' . 'n' x 5_000_000 . '|ACTIVE|1' ],
	[ many_members => 'a|n|ACTIVE|1' ],
	[ deep => 'HV004', qr/nested/, 1 ],
);

$raw = GmfRawServer->new(%bytes);
$gmf->connect_cloud(server => 'raw', services => [], mapping => { token => 'some-token' },
	options => { endpoint => $raw->url, max_retries => 2, request_timeout => 3 });
$gmf->sql(q{CREATE FOREIGN TABLE raw.instances (id text, name text, status text, port integer)
	SERVER raw OPTIONS (resource 'gaussdb.instances', page_size '10')});

for my $case (@raw_cases)
{
	my ($name, $state, $message, $tries) = @$case;

	subtest "bytes: $name" => sub {
		my $sql = 'SELECT id, name, status, port FROM raw.instances';

		$gmf->sql("ALTER SERVER raw OPTIONS (SET endpoint '" . $raw->url($name) . "')");
		$raw->forget;
		if (defined $message)
		{
			fails($sql, $state, $message);
			is(scalar(my @requests = $raw->taken($name)), $tries, "tried $tries times");
		}
		else
		{
			ok($session->query($sql) eq $state, 'the row');
		}
		goes_on();
	};
}

# libcurl believes the second one, or neither, from some version between 8.14 and 8.22 on.
subtest 'bytes: two lengths' => sub {
	$gmf->sql("ALTER SERVER raw OPTIONS (SET endpoint '" . $raw->url('two_lengths') . "')");
	$raw->forget;
	my ($out, $err) = $session->try('SELECT id FROM raw.instances');
	my $tries = () = $raw->taken('two_lengths');

	like("$tries, $err", qr/^3, ERROR:  08006: .*broke within the answer|^1, ERROR:  HV004: .*does not answer in HTTP: .*Content-Length/s,
		'no row of it');
	is($out, '', 'nor a part of one');
	goes_on();
};

subtest 'lists that change their mind' => sub {
	for my $name (qw(changing_total shrinking_pages))
	{
		$gmf->sql("ALTER SERVER raw OPTIONS (SET endpoint '" . $raw->url($name) . "')");
		is($session->query('SELECT count(id), count(DISTINCT id) FROM raw.instances'), '60|60', "$name: each row once");
	}
	goes_on();
};

subtest 'lists that never end' => sub {
	for my $name (qw(endless_list growing_list))
	{
		$gmf->sql("ALTER SERVER raw OPTIONS (SET endpoint '" . $raw->url($name) . "')");
		$raw->forget;
		is($session->query('SELECT count(*) FROM (SELECT id FROM raw.instances LIMIT 95) i'), 95,
			"$name: LIMIT ends it");
		$session->query("SET statement_timeout = '500ms'");
		fails('SELECT count(id) FROM raw.instances', '57014', qr/statement timeout/, 'a timeout ends it');
		$session->query('RESET statement_timeout');
	}
	goes_on();
};

# --- no connection -----------------------------------------------------------------------

subtest 'no connection' => sub {
	my @cases = (
		[ 'refused', 'http://127.0.0.1:1', '08001', qr/could not be reached.*3 attempts/s ],
		[ 'no such host', 'http://no-such-host.invalid', '08001', qr/could not be reached.*no-such-host/s ],
		[ 'a black hole', 'http://127.0.0.1:' . GmfRawServer::black_hole(), 'HV00N', qr/no connection to .* within 1 second/ ],
		[ 'TLS where there is none', 'https://127.0.0.1:' . $gmf->emulator->port, '08001',
			qr/was not trusted.*no TLS connection/s ]);

	$gmf->sql("ALTER SERVER raw OPTIONS (ADD allow_http 'true', ADD connect_timeout '1')");
	for my $case (@cases)
	{
		my ($name, $endpoint, $state, $message) = @$case;

		$gmf->sql("ALTER SERVER raw OPTIONS (SET endpoint '$endpoint')");
		fails('SELECT id FROM raw.instances', $state, $message, $name);
		goes_on();
	}
	$gmf->sql("ALTER SERVER raw OPTIONS (SET endpoint '" . $raw->url('good') . "', "
		. "ADD proxy 'http://127.0.0.1:1')");
	fails('SELECT id FROM raw.instances', '08001', qr/could not be reached/, 'a proxy that is not there');
	my $proxy = GmfRawServer->new('*' => GmfRawServer::answer('', status => '407 Proxy Authentication Required'));
	$gmf->sql("ALTER SERVER raw OPTIONS (SET proxy '" . $proxy->url . "')");
	fails('SELECT id FROM raw.instances', '08001', qr/the proxy asks for a credential.*HTTP 407/s, 'a proxy that lets nobody through');
	$gmf->sql('ALTER SERVER raw OPTIONS (DROP proxy)');
	is($session->query('SELECT id FROM raw.instances'), 'a', 'reached again');
	goes_on();
};

subtest 'TLS' => \&certificates;
done_testing;

# -----------------------------------------------------------------------------------------

sub fails
{
	my ($sql, $state, $message, $name) = @_;

	# On a connection that was kept libcurl may send once more by itself: here none is.
	$session->query('ALTER SERVER cloud OPTIONS (SET page_size \'10\')');
	$gmf->forget;
	my ($out, $err) = $session->try($sql);
	my ($got) = $err =~ /^ERROR:  (\w{5}): /m;

	is($got // 'no error', $state, ($name // 'it fails') . ': SQLSTATE');
	like($err, $message, 'the message');
	unlike($err, qr/$_/, 'no secret in it') for 'emulator-secret', 'some-token', 'Emulator-Pass', 'SDK-HMAC';
	note $err =~ s/^LOCATION:.*\n?//mr if $ENV{GMF_SHOW} || ($got // '') ne $state;
}

# How often the page was asked for that was asked for most often.
sub tried
{
	my ($tries) = @_;
	my %times;

	$times{ $_->{target} }++ for $gmf->requests;
	is(max(values %times), $tries, "tried $tries times");
}

# The fault is over: the session works.
sub goes_on
{
	$gmf->no_faults;
	my ($out, $err) = $session->try($works);
	is("$out$err", $fleet, 'the session goes on');
}

sub endless_list
{
	my ($socket, $request) = @_;
	my ($offset) = $request =~ /offset=(\d+)/;
	my ($limit) = $request =~ /limit=(\d+)/;
	my $rows = join ', ', map { "{\"id\": \"i$_\"}" } $offset + 1 .. $offset + $limit;

	print $socket GmfRawServer::answer("{\"instances\": [$rows]}");
}

sub growing_list
{
	my ($socket, $request) = @_;
	my ($offset) = $request =~ /offset=(\d+)/;
	my ($limit) = $request =~ /limit=(\d+)/;
	my $rows = join ', ', map { "{\"id\": \"i$_\"}" } $offset + 1 .. $offset + $limit;
	my $total = $offset + $limit + 1;

	print $socket GmfRawServer::answer("{\"instances\": [$rows], \"total_count\": $total}");
}

# Sixty rows, and on each page another number of them.
sub changing_total
{
	my ($socket, $request) = @_;
	my ($offset) = $request =~ /offset=(\d+)/;
	my ($limit) = $request =~ /limit=(\d+)/;
	my $last = $offset + $limit > 60 ? 60 : $offset + $limit;
	my $rows = join ', ', map { "{\"id\": \"i$_\"}" } $offset + 1 .. $last;
	my $total = (60, 25, 1000, 31, 60, 12)[ $offset / 10 % 6 ];

	print $socket GmfRawServer::answer("{\"instances\": [$rows], \"total_count\": $total}");
}

# Sixty rows, which the total says; pages get smaller and smaller.
sub shrinking_pages
{
	my ($socket, $request) = @_;
	my ($offset) = $request =~ /offset=(\d+)/;
	my $size = 10 - int($offset / 8);
	my $last = $offset + ($size > 0 ? $size : 1);
	my $rows = join ', ', map { "{\"id\": \"i$_\"}" } $offset + 1 .. ($last > 60 ? 60 : $last);

	print $socket GmfRawServer::answer("{\"instances\": [$rows], \"total_count\": 60}");
}

# Certificates of an authority of our own: what is wrong with each, and what is said of it.
sub certificates
{
	my $directory = tempdir(CLEANUP => 1);
	my $years = '20200101000000Z 20400101000000Z';
	my @cases = (
		[ 'good', 'IP:127.0.0.1', $years, undef ],
		[ 'of_another_host', 'DNS:other.example.com', $years, qr/identity of .* cannot be verified/ ],
		[ 'expired', 'IP:127.0.0.1', '20200101000000Z 20200201000000Z', qr/cannot be verified.*expired/s ]);

	make_authority($directory);
	for my $case (@cases)
	{
		my ($name, $names, $validity, $message) = @$case;

		make_certificate($directory, $name, $names, split / /, $validity);
		my $emulator = GmfEmulator->start('--fleet', $fleet, '--tls-cert', "$directory/$name.pem",
			'--tls-key', "$directory/$name.key");
		my $sql = "SELECT count(id) FROM tls_$name.instances";

		$gmf->connect_cloud(server => "tls_$name", options => { endpoint => $emulator->url,
			ca_file => "$directory/ca.pem", max_retries => 0 });
		if (defined $message)
		{
			fails($sql, '08001', $message, $name);
		}
		else
		{
			is($session->query($sql), $fleet, 'a good certificate');
			$gmf->sql("ALTER SERVER tls_$name OPTIONS (DROP ca_file)");
			fails($sql, '08001', qr/cannot be verified/, 'an authority that is not known');
			PostgreSQL::Test::Utils::append_to_file("$directory/gone.pem",
				PostgreSQL::Test::Utils::slurp_file("$directory/ca.pem"));
			$gmf->sql("ALTER SERVER tls_$name OPTIONS (ADD ca_file '$directory/gone.pem')");
			unlink "$directory/gone.pem";
			fails($sql, '22023', qr/gone\.pem.*No such file/, 'a ca_file that is no longer there');
		}
		is(scalar(my @requests = $emulator->requests), defined $message ? 0 : 1, 'nothing was sent besides');
		goes_on();
	}
}

sub make_authority
{
	my ($directory) = @_;

	PostgreSQL::Test::Utils::append_to_file("$directory/ca.cnf", <<"CNF");
[ca]
default_ca = ours
[ours]
dir = $directory
database = $directory/index.txt
new_certs_dir = $directory
serial = $directory/serial
default_md = sha256
policy = any
unique_subject = no
email_in_dn = no
[any]
commonName = supplied
[req]
distinguished_name = name
[name]
CNF
	PostgreSQL::Test::Utils::append_to_file("$directory/index.txt", '');
	PostgreSQL::Test::Utils::append_to_file("$directory/serial", "01\n");
	openssl('req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-config', "$directory/ca.cnf", '-subj',
		'/CN=authority', '-days', '3650', '-addext', 'basicConstraints=critical,CA:TRUE',
		'-keyout', "$directory/ca.key", '-out', "$directory/ca.pem");
}

sub make_certificate
{
	my ($directory, $name, $names, $from, $to) = @_;

	PostgreSQL::Test::Utils::append_to_file("$directory/$name.ext", "subjectAltName = $names\n");
	openssl('req', '-newkey', 'rsa:2048', '-nodes', '-config', "$directory/ca.cnf", '-subj',
		"/CN=$name", '-keyout', "$directory/$name.key", '-out', "$directory/$name.csr");
	openssl('ca', '-batch', '-config', "$directory/ca.cnf", '-cert', "$directory/ca.pem", '-keyfile',
		"$directory/ca.key", '-startdate', $from, '-enddate', $to, '-extfile', "$directory/$name.ext",
		'-notext', '-in', "$directory/$name.csr", '-out', "$directory/$name.pem");
}

sub openssl
{
	my (@arguments) = @_;
	PostgreSQL::Test::Utils::run_log([ 'openssl', @arguments ]) or die 'openssl failed';
}
