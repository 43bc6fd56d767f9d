# 027_encodings.pl
#	A database that is not UTF8: options go to the cloud as the characters that they are, what comes
#	back is read, and what its encoding cannot hold hides no error.
use strict;
use warnings;
use utf8;

use Encode qw(decode encode);
use Test::More;

use GmfTest;
use GmfRawServer;

$ENV{PGCLIENTENCODING} = 'UTF8';

my $gmf = GmfTest->new(emulator => [ '--fleet', 3, '--job-seconds', 0 ], bare => 1);
my $items = encode('UTF-8', '{"größen": [{"größe": "ö1", "id": "a", "namen": "ä§ü§ß"}]}');

# The body comes after the headers, perhaps a little later; a token is given for the right names only.
my $raw = GmfRawServer->new(
	x => GmfRawServer::answer($items),
	iam => \&give_token,
	refuses => GmfRawServer::answer(encode('UTF-8', '{"error_code": "X.1", "error_msg": "größe 数据库 fehlt"}'),
		status => '400 Bad Request'),
	gateway => GmfRawServer::answer(encode('UTF-8', '{"error_code": "X.2", "error_msg": "größe 数据库"}'),
		status => '504 Gateway Timeout'),
	rows => GmfRawServer::answer(encode('UTF-8', '{"items": [{"id": "数据库"}]}')),
	number => GmfRawServer::answer(encode('UTF-8', '{"items": [{"id": "größe 数据库"}]}')));

for my $encoding (qw(UTF8 LATIN1))
{
	in($encoding, "CREATE DATABASE \"$encoding\" TEMPLATE template0 ENCODING '$encoding' LOCALE 'C'", 'postgres');
	in($encoding, 'CREATE EXTENSION gaussdb_mgmt_fdw');
	subtest "$encoding: what is asked" => sub { asks($encoding) };
	subtest "$encoding: the login" => sub { logs_in($encoding) };
	subtest "$encoding: errors" => sub { reports($encoding) };
	subtest "$encoding: actions" => sub { acts($encoding) };
}
done_testing;

# -----------------------------------------------------------------------------------

sub in
{
	my ($encoding, $sql, $database) = @_;
	return decode('UTF-8', $gmf->sql(encode('UTF-8', $sql), database => $database // $encoding));
}

sub error_in
{
	my ($encoding, $sql) = @_;
	return decode('UTF-8', $gmf->error(encode('UTF-8', "\\set VERBOSITY verbose\n$sql"), database => $encoding));
}

sub asks
{
	my ($encoding) = @_;

	in($encoding, "CREATE SERVER raw FOREIGN DATA WRAPPER gaussdb_mgmt_fdw OPTIONS (endpoint '" . $raw->url('x')
		. "', project_id 'p', max_retries '0'); CREATE USER MAPPING FOR CURRENT_USER SERVER raw OPTIONS (token 't'); "
		. "CREATE FOREIGN TABLE grössen (id text, groesse text OPTIONS (json_path 'größe'), \"größe\" text, "
		. "namen text[] OPTIONS (separator '§'), "
		. "x text OPTIONS (in_answer 'false', required 'true', fallback 'ü', match 'loose', parameter 'schlüssel')) "
		. "SERVER raw OPTIONS (service 's', path '/v1/x', items 'größen')");
	$raw->forget;
	is(in($encoding, 'SELECT * FROM grössen'), 'a|ö1|ö1|{ä,ü,ß}|ü', 'places in the answer, a separator, and a fallback');
	is(in($encoding, 'SELECT count(*) FROM grössen'), 1, 'counted');
	is(in($encoding, "SELECT id FROM grössen WHERE x = 'ä'"), 'a', 'a value of the query');
	my @asked = $raw->taken('x');
	like($asked[0], qr/\?schl(?i:%C3%BC)ssel=%C3%BC /, 'a name and a value as they are sent');
	like($asked[-1], qr/\?schl(?i:%C3%BC)ssel=%C3%A4 /, 'and that of the query');
	like(in($encoding, 'EXPLAIN SELECT id FROM grössen'), qr/schlüssel=%C3%BC/, 'EXPLAIN shows them');
	in($encoding, "CREATE FOREIGN TABLE needs (id text, \"schlüssel\" text OPTIONS (in_answer 'false', required 'true', parameter 'k')) "
		. "SERVER raw OPTIONS (service 's', path '/v1/x', items 'größen')");
	like(error_in($encoding, 'SELECT * FROM needs'), qr/value for its column "schlüssel"/, 'a column that needs a value');
	like(error_in($encoding, "CREATE FOREIGN TABLE bad (id text OPTIONS (json_path 'ö[')) "
		. "SERVER raw OPTIONS (service 's', path '/v1/x')"), qr/invalid place/,
		'a place that is none');
	return;
}

sub logs_in
{
	my ($encoding) = @_;

	in($encoding, "CREATE SERVER login FOREIGN DATA WRAPPER gaussdb_mgmt_fdw OPTIONS (endpoint '" . $raw->url('x')
		. "', iam_endpoint '" . $raw->url('iam') . "', project_id 'p', region 'r', max_retries '0'); "
		. "CREATE USER MAPPING FOR CURRENT_USER SERVER login OPTIONS (user_name 'jörg', password 'geheimß', domain_name 'größe'); "
		. "CREATE FOREIGN TABLE l (id text) SERVER login OPTIONS (service 's', path '/v1/x', items 'größen')");
	is(in($encoding, 'SELECT id FROM l'), 'a', 'user, password and domain are those that were given');
	return;
}

sub give_token
{
	my ($socket, $request) = @_;
	my ($length) = $request =~ /^Content-Length: (\d+)/mi;

	while ($request =~ /\r\n\r\n(.*)\z/s && length $1 < $length)
	{
		last unless sysread $socket, $request, 4096, length $request;
	}
	my $good = !grep { index($request, encode('UTF-8', qq("$_"))) < 0 } qw(jörg geheimß größe);
	print $socket GmfRawServer::answer('{"token": {"expires_at": "2099-01-01T00:00:00.000000Z"}}',
		status => $good ? '201 Created' : '401 Unauthorized', 'X-Subject-Token' => 'TOKEN');
	return;
}

sub reports
{
	my ($encoding) = @_;
	my $lost = $encoding eq 'UTF8' ? '数据库' : '???';
	my $place = "SERVER raw OPTIONS (service 's', path '/v1/x', items 'items')";

	in($encoding, "ALTER SERVER raw OPTIONS (SET endpoint '" . $raw->url('refuses') . "'); CREATE FOREIGN TABLE r (id text) $place");
	like(error_in($encoding, 'SELECT * FROM r'), qr/^ERROR:  HV000: .*größe \Q$lost\E fehlt \(X\.1\)/,
		'the message of the service, as far as it can be shown');
	in($encoding, "ALTER SERVER raw OPTIONS (SET endpoint '" . $raw->url('number') . "'); "
		. "CREATE FOREIGN TABLE n (id integer) $place");
	like(error_in($encoding, 'SELECT * FROM n'), qr/^ERROR:  HV004: the API sent "größe \Q$lost\E", which is not of type integer/,
		'a value that is not of its type');
	in($encoding, "ALTER SERVER raw OPTIONS (SET endpoint '" . $raw->url('rows') . "')");
	if ($encoding eq 'UTF8') { is(in($encoding, 'SELECT * FROM r'), '数据库', 'a value') }
	else { like(error_in($encoding, 'SELECT * FROM r'), qr/^ERROR:  22P05: /, 'a value is not changed') }
	return;
}

# What may have been carried out is said, whatever the service says.
sub acts
{
	my ($encoding) = @_;
	my $lost = $encoding eq 'UTF8' ? '数据库' : '???';

	in($encoding, "ALTER SERVER raw OPTIONS (SET endpoint '" . $raw->url('gateway') . "')");
	my $error = error_in($encoding, "SELECT gaussdb_restart_instance('raw', 'x')");
	like($error, qr/größe \Q$lost\E/, 'the message');
	like($error, qr/^ERROR:  08006: /m, 'the SQLSTATE');
	like($error, qr/may have been carried out/, 'the hint');
	return;
}
