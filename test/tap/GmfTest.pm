# GmfTest.pm
#	A PostgreSQL with the extension, beside an emulator: what the TAP tests stand on.
#
#	use GmfTest;
#	use Test::More;
#
#	my $gmf = GmfTest->new(emulator => ['--fleet', 20]);
#	$gmf->connect_cloud;					# server "cloud", schema "cloud"
#	is($gmf->sql('SELECT count(*) FROM cloud.instances'), '20');
#	is_deeply([$gmf->asked], [...]);		# what the emulator was asked
#	done_testing;
#
# Needs initdb, psql and the others in PATH, the extension in the directories that
# they belong to, and PG_REGRESS: scripts/test.sh sees to all of that.
package GmfTest;

use strict;
use warnings;

use Carp;
use Time::HiRes qw(time);

use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils ();

use GmfEmulator;
use GmfSession;

# name => of the node; emulator => options; conf => lines of postgresql.conf
sub new
{
	my ($class, %options) = @_;
	my $node = PostgreSQL::Test::Cluster->new($options{name} // 'main');
	my $self = bless { node => $node, emulator => undef }, $class;

	$node->init(extra => [ '--encoding=UTF8', '--locale=C.UTF-8', '--no-sync' ]);
	$node->append_conf('postgresql.conf', "timezone = 'UTC'\n" . ($options{conf} // ''));
	$node->start;
	$self->{emulator} = GmfEmulator->start(@{ $options{emulator} // [] });
	$self->sql('CREATE EXTENSION gaussdb_mgmt_fdw') unless $options{bare};
	return $self;
}

sub node { return $_[0]->{node} }

sub emulator { return $_[0]->{emulator} }

# A server that reaches the emulator, a user mapping, and what can be imported.
#
# server => 'cloud'; schema => the same; services => ['gaussdb']; region => 'cn-north-4';
# options => {more options of the server}; mapping => {options of the user mapping}, an access
# key unless said; user => 'CURRENT_USER'
sub connect_cloud
{
	my ($self, %options) = @_;
	my $server = $options{server} // 'cloud';
	my $schema = $options{schema} // $server;
	my $region = $options{region} // 'cn-north-4';
	my %server_options = (
		endpoint => $self->emulator->url,
		region => $region,
		project_id => $GmfEmulator::project{$region},
		%{ $options{options} // {} });
	my $mapping = $options{mapping} // \%GmfEmulator::access_key;
	my $user = $options{user} // 'CURRENT_USER';
	my $sql = "CREATE SERVER $server FOREIGN DATA WRAPPER gaussdb_mgmt_fdw "
		. option_list(\%server_options) . ";\n"
		. "CREATE USER MAPPING FOR $user SERVER $server " . option_list($mapping) . ";\n"
		. "CREATE SCHEMA IF NOT EXISTS $schema;\n";

	$sql .= "IMPORT FOREIGN SCHEMA $_ FROM SERVER $server INTO $schema;\n"
		for @{ $options{services} // ['gaussdb'] };
	$self->sql($sql);
	return;
}

# OPTIONS (name 'value', ...); an undefined value leaves the option out
sub option_list
{
	my ($options) = @_;
	my @list;

	for my $name (sort keys %$options)
	{
		next unless defined $options->{$name};
		(my $value = $options->{$name}) =~ s/'/''/g;
		# With a backslash in it, '...' depends on a setting: E'...' does not.
		my $prefix = $value =~ s/\\/\\\\/g ? 'E' : '';
		push @list, "$name $prefix'$value'";
	}
	return @list ? 'OPTIONS (' . join(', ', @list) . ')' : '';
}

# What a query prints; dies with the message when it fails.
sub sql
{
	my ($self, $sql, %options) = @_;
	my ($out, $err, $status) = $self->try($sql, %options);

	croak "$sql: $err" if $status != 0;
	return $out;
}

# (stdout, stderr, status); options: user, database, settings (of PGOPTIONS)
sub try
{
	my ($self, $sql, %options) = @_;
	my ($out, $err) = ('', '');
	my %more;

	local $ENV{PGOPTIONS} = $options{settings} // '';
	$more{connstr} = $self->_connection(%options);
	my $status = $self->node->psql('postgres', $sql,
		stdout => \$out, stderr => \$err, on_error_stop => 1, %more);
	$err =~ s/^psql:<stdin>:\d+: //gm;
	return ($out, $err, $status);
}

# What a query that must fail says: ERROR, DETAIL, HINT, CONTEXT.
sub error
{
	my ($self, $sql, %options) = @_;
	my ($out, $err, $status) = $self->try($sql, %options);

	croak "this was to fail: $sql: $out" if $status == 0;
	return $err;
}

# A session in the background; the same options as of try().
sub session
{
	my ($self, %options) = @_;

	local $ENV{PGOPTIONS} = $options{settings} // '';
	return GmfSession->new($self->node->installed_command('psql'), $self->_connection(%options),
		$options{seconds});
}

sub _connection
{
	my ($self, %options) = @_;
	my $connection = $self->node->connstr($options{database} // 'postgres');

	$connection .= " user=$options{user}" if defined $options{user};
	return $connection;
}

# What of EXPLAIN (with options such as 'ANALYZE, COSTS OFF').
sub explain
{
	my ($self, $sql, $options) = @_;
	return $self->sql('EXPLAIN (' . ($options // 'VERBOSE, COSTS OFF') . ") $sql");
}

# ($seconds, @result) of a piece of code
sub timed
{
	my ($self, $code) = @_;
	my $begun = time;
	my @result = $code->();

	return (time - $begun, @result);
}

# Runs code; returns what the emulator was asked by it, as GmfEmulator::asked does.
sub asked_by
{
	my ($self, $code) = @_;

	$self->emulator->forget;
	$code->();
	return $self->emulator->asked;
}

# Waits until a query is true; dies after $seconds (30).
sub wait_until
{
	my ($self, $sql, $seconds) = @_;
	my $deadline = time + ($seconds // 30);

	until ($self->sql("SELECT ($sql)::text") eq 'true')
	{
		croak "not true after a while: $sql" if time > $deadline;
		Time::HiRes::sleep(0.05);
	}
	return;
}

# The server's log since a position (0 from the start); log_position() gives one.
sub log_text
{
	my ($self, $position) = @_;
	return substr(PostgreSQL::Test::Utils::slurp_file($self->node->logfile), $position // 0);
}

sub log_position { return -s $_[0]->node->logfile }

# Short for what tests ask all the time.
sub requests { my ($self, @rest) = @_; return $self->emulator->requests(@rest) }
sub asked { return $_[0]->emulator->asked }
sub forget { return $_[0]->emulator->forget }
sub fault { my ($self, @rules) = @_; return $self->emulator->fault(@rules) }
sub no_faults { return $_[0]->emulator->no_faults }
sub config { my ($self, %settings) = @_; return $self->emulator->config(%settings) }
sub state { my ($self, @rest) = @_; return $self->emulator->state(@rest) }
sub performed { return $_[0]->emulator->performed }
sub reset { my ($self, %settings) = @_; return $self->emulator->reset(%settings) }

1;
