# GmfContract.pm
#	What the tests against the contracts have in common: the catalog, the helpers of
#	test/contract, and each service in a schema of its name.
#
#	my $contract = GmfContract->new($gmf);
#	$contract->import_all('cloud');				# gaussdb.instances, drs.jobs ...
#	my $read = $contract->helper('examples.py');	# its JSON
package GmfContract;

use strict;
use warnings;

use Carp;
use File::Temp qw(tempdir);
use JSON::PP;

use GmfEmulator;

our @services = qw(gaussdb iam dws drs roma apig bcs);

my $json = JSON::PP->new->canonical->utf8->allow_nonref;
my $text_json = JSON::PP->new->canonical->allow_nonref;

sub new
{
	my ($class, $gmf) = @_;
	my $self = bless { gmf => $gmf, directory => tempdir(CLEANUP => 1) }, $class;

	$self->{catalog_file} = $ENV{GMF_CATALOG} || $self->_dump_catalog;
	return $self;
}

# tools/catalog_dump.c needs nothing but the files of the catalog.
sub _dump_catalog
{
	my ($self) = @_;
	my $source = $GmfEmulator::source;
	my $program = "$self->{directory}/catalog_dump";
	my $file = "$self->{directory}/catalog.json";

	system($ENV{CC} || 'cc', '-std=gnu11', '-O0', "-I$source/include", "-I$source/src/catalog", '-o', $program,
		"$source/tools/catalog_dump.c", glob "$source/src/catalog/*.c") == 0
		or croak 'catalog_dump cannot be compiled';
	system("'$program' --json > '$file'") == 0 or croak 'catalog_dump failed';
	return $file;
}

# What a helper of test/contract prints: helper(NAME, ARGUMENT...)
sub helper
{
	my ($self, $name, @arguments) = @_;

	local $ENV{PYTHONDONTWRITEBYTECODE} = 1;
	open my $pipe, '-|', $GmfEmulator::python, "$GmfEmulator::source/test/contract/$name",
		$self->{catalog_file}, "$GmfEmulator::source/api", @arguments
		or croak "$name: $!";
	local $/ = undef;
	my $answer = <$pipe> // '';
	close $pipe or croak "$name failed";
	return $json->decode($answer);
}

# {gaussdb => {tables => {name => ...}, actions => {name => ...}}, ...}
sub catalog
{
	my ($self) = @_;

	return $self->{catalog} if $self->{catalog};
	for my $service (@{ _read_json($self->{catalog_file})->{services} })
	{
		my @chapters = @{ $service->{chapters} };

		$self->{catalog}{ $service->{name} } = {
			tables => { map { $_->{name} => $_ } map { @{ $_->{resources} } } @chapters },
			actions => { map { $_->{name} => $_ } map { @{ $_->{actions} } } @chapters } };
	}
	return $self->{catalog};
}

# {gaussdb => {ListInstancesDetails => {method, path, entry}, ...}, ...}, from the documents
sub operations
{
	my ($self) = @_;

	return $self->{operations} if $self->{operations};
	for my $service (@services)
	{
		my $paths = _read_json("$GmfEmulator::source/api/$service.openapi.json")->{paths};

		for my $path (keys %$paths)
		{
			for my $method (grep { /^(?:get|put|post|delete|patch)$/ } keys %{ $paths->{$path} })
			{
				my $entry = $paths->{$path}{$method};
				$self->{operations}{$service}{ $entry->{operationId} } =
					{ method => uc $method, path => $path, entry => $entry };
			}
		}
	}
	return $self->{operations};
}

sub import_all
{
	my ($self, $server) = @_;

	$self->{gmf}->sql(join ';', map {
		("CREATE SCHEMA $_", "IMPORT FOREIGN SCHEMA $_ FROM SERVER $server INTO $_") } @services);
	return;
}

# What a session printed, JSON in UTF-8.
sub answer { return $json->decode($_[1] eq '' ? 'null' : $_[1]) }

# JSON in a text; what encode() gives is the same for the same value.
sub decode { return $text_json->decode($_[1]) }
sub encode { return $text_json->encode($_[1]) }

# A value as a query shows it (or as the helpers want it) in a form that is one for all ways to
# write it; $wanted is what the helpers want, and tells what it is.
sub in_one_form
{
	my ($self, $value, $wanted) = @_;

	return $value if !defined $value || !ref $wanted;
	if (exists $wanted->{json})
	{
		my $text = ref $value ? $value->{json} : $value;
		return eval { $self->encode($self->decode($text)) } // "not JSON: $text";
	}
	if (exists $wanted->{array})
	{
		return $self->encode([ map { defined ? "$_" : undef }
			ref $value ? @{ $value->{array} } : @{ $self->decode($value) } ]);
	}
	return sprintf '%.15g', ref $value ? $value->{number} : $value;
}

sub _read_json
{
	my ($file) = @_;
	open my $handle, '<', $file or croak "$file: $!";
	local $/ = undef;
	return $json->decode(<$handle>);
}

1;
