# run_examples.pl
#	Runs what the manual shows: the example queries of doc/examples, and the SQL of
#	README.md and doc/*.md, against the emulator.
#
#	prove -I ../tap run_examples.pl					all of it
#	perl -I ../tap run_examples.pl [--update] FILE...	some files; --update writes what was
#													printed into the pages
#
# In a page, a block that begins with "```sql run" is run; "```sql run error" must
# fail.  A block "```text result" behind it is what it prints, where ids, times and
# numbers of bytes may differ.  A page with "<!-- empty database -->" finds no extension; every
# other one, and every file of examples, finds what prepare.sql makes.
#
# In doc/examples, an example is a question in a comment, at the beginning of a
# paragraph, and the statements below it.  It must print at least one row, unless a line
# of it says "-- returns no rows": then it must print none.  The emulator
# is reset after each example that carries out an action.
#
# No request may violate the contract.
use strict;
use warnings;

use Cwd qw(abs_path);
use File::Basename qw(basename dirname);
use File::Temp qw(tempdir);
use IPC::Run qw(run);
use Test::More;

use lib dirname(abs_path(__FILE__)) . '/../tap';
use GmfTest;

my $source = abs_path(dirname(abs_path(__FILE__)) . '/../..');
my $update = @ARGV && $ARGV[0] eq '--update' && shift @ARGV;
my @files = @ARGV ? map { abs_path($_) } @ARGV
	: (glob("$source/README.md $source/doc/*.md $source/doc/examples/*.sql"));

# The address that the pages show.
my $shown_url = 'http://127.0.0.1:18777';

# Names of functions that change something: after them the emulator is reset.
my $changes = qr/\b(?:gaussdb|dws|drs|roma)_(?!mgmt|wait|check)\w+\s*\(/;

# What emu.asked() says of a request that the contract does not allow.
my $violations = "SELECT 'VIOLATION ' || operation || ' ' || violations FROM emu.requests() WHERE violations IS NOT NULL";

my $directory = tempdir(CLEANUP => 1);
my $gmf = GmfTest->new(bare => 1, conf => "lc_messages = 'C'\n",
	emulator => [ '--fleet', 40, '--seed', 1, '--job-seconds', 1 ]);

prepare();
run_file($_) for @files;
done_testing;

# --- databases ---------------------------------------------------------------------

# "manual" is what databases of pages are copies of, "nothing" has the emulator's schema only.
sub prepare
{
	$ENV{GMF_EMULATOR} = $gmf->emulator->url;
	for my $database ('nothing', 'manual')
	{
		$gmf->sql("CREATE DATABASE $database");
		my $out = psql($database, "\\i $source/test/regress_setup.sql\n"
			. ($database eq 'manual' ? "\\i $source/test/manual/prepare.sql\n" : ''));
		BAIL_OUT("the preparation fails: $out") if $out =~ /ERROR:/;
	}
	return;
}

# What psql prints, errors and notices among it, in order.
sub psql
{
	my ($database, $script) = @_;
	my $out = '';

	local %ENV = (%ENV, PGCLIENTENCODING => 'UTF8', PGTZ => 'UTC');
	run [ 'stdbuf', '-oL', $gmf->node->installed_command('psql'), '-XqP', 'pager=off',
		'-d', $gmf->node->connstr($database), '-v', 'endpoint=' . $gmf->emulator->url, '-f', '-' ],
		'<', \$script, '>&', \$out, init => sub { chdir $source };
	$out =~ s/^psql:\S+?:\d+: //gm;
	$out =~ s/[ \t]+$//gm;
	return $out;
}

# --- files --------------------------------------------------------------------------

sub run_file
{
	my ($file) = @_;
	my $name = substr $file, length($source) + 1;
	my $text = slurp($file);
	my @pieces = $file =~ /\.sql$/ ? read_examples($text) : read_page($text);
	my $template = $text =~ /^<!-- empty database -->$/m ? 'nothing' : 'manual';

	return unless @pieces;
	subtest $name => sub {
		$gmf->reset;
		$gmf->sql("CREATE DATABASE page TEMPLATE $template");
		my @printed = run_pieces(@pieces);
		check_piece($pieces[$_], $printed[$_]) for 0 .. $#pieces;
		$gmf->sql('DROP DATABASE page WITH (FORCE)');
	};
	update($file, $text, @pieces) if $update;
	return;
}

sub slurp
{
	my ($file) = @_;
	open my $handle, '<', $file or die "$file: $!";
	local $/ = undef;
	return <$handle>;
}

# {title, sql, line, example => 1, empty => bool}
sub read_examples
{
	my ($text) = @_;
	my @examples;
	my $line = 1;
	my $blank = 1;

	for (split /^/, $text)
	{
		if ($blank && /^-- (.*)/)
		{
			push @examples, { title => $1, sql => '', line => $line, example => 1 };
		}
		$examples[-1]{sql} .= $_ if @examples;
		$examples[-1]{empty} = 1 if @examples && /^-- returns no rows$/;
		$blank = /^\s*$/;
		$line++;
	}
	return @examples;
}

# {title, sql, line, error => bool, result => text or undef}
sub read_page
{
	my ($text) = @_;
	my @blocks;
	my ($into, $line, $heading) = (undef, 0, '');

	for (split /^/, $text)
	{
		$line++;
		if (!defined $into && /^```sql run( error)?$/)
		{
			push @blocks, { title => "line $line", sql => '', line => $line, error => !!$1 };
			$into = 'sql';
		}
		elsif (!defined $into && /^```text result$/)
		{
			die "a result without its SQL in line $line" if !@blocks || defined $blocks[-1]{result};
			$blocks[-1]{result} = '';
			$into = 'result';
		}
		elsif (/^```/)
		{
			$into = defined $into ? undef : 'other';
		}
		elsif (defined $into && $into ne 'other')
		{
			$blocks[-1]{$into} .= $_;
		}
	}
	return @blocks;
}

# All in one session, with a mark behind each.
sub run_pieces
{
	my (@pieces) = @_;
	my $script = "SET client_min_messages = notice;\n\\set ON_ERROR_STOP off\n";

	$script .= "\\i $source/test/manual/variables.sql\nSELECT emu.forget() \\g /dev/null\n\\echo 'variables are set'\n"
		if $pieces[0]{example};
	my ($own, $shown) = ($gmf->emulator->url, $shown_url);

	for my $n (0 .. $#pieces)
	{
		(my $sql = $pieces[$n]{sql}) =~ s/\Q$shown\E/$own/g;
		# A transaction that an error left open ends here.
		$script .= "$sql\n;\n\\echo 'mark'\nROLLBACK;\nRESET ROLE;\n\\x off\n\\t off\n\\a\n\\pset format aligned\n";
		$script .= "$violations \\g (tuples_only=on format=unaligned)\n";
		$script .= $sql =~ $changes && $pieces[$n]{example}
			? "SELECT emu.reset() \\g (tuples_only=on format=unaligned)\n"
			: "SELECT emu.forget() \\g (tuples_only=on format=unaligned)\n";
		$script .= "\\echo 'end of piece $n'\n";
	}
	my $out = psql('page', $script);

	$out =~ s/\Q$own\E/$shown/g;
	if ($pieces[0]{example})
	{
		$out =~ s/\A(.*?)^variables are set\n//ms;
		ok(($1 // '') !~ /ERROR|no rows/, 'the variables of the examples are set') or diag $1;
	}

	my @printed;
	for my $n (0 .. $#pieces)
	{
		push @printed, $out =~ s/\A(.*?)^end of piece $n\n//ms ? $1 : $out;
	}
	return @printed;
}

sub check_piece
{
	my ($piece, $printed) = @_;
	my ($shown, $after) = $printed =~ /\A(.*?)^mark$(.*)\z/ms;
	my $failed = ($shown // $printed) =~ /^(?:ERROR|FATAL|PANIC|invalid command|unrecognized)/m;

	$piece->{printed} = $shown // $printed;
	$piece->{printed} =~ s/\A\n+|\n+\z//g;
	if (!defined $shown)
	{
		return fail("$piece->{title} (line $piece->{line}): psql did not come to its end")
			|| diag $printed;
	}
	my $good = $piece->{error} ? $failed : !$failed;

	$good &&= $after !~ /VIOLATION/;
	$good &&= is_as_long_as_said($piece) if $piece->{example};
	$good &&= alike($piece->{result}, $piece->{printed}) if defined $piece->{result} && !$update;
	ok($good, "line $piece->{line}: $piece->{title}")
		or diag "$piece->{sql}\nprinted:\n$printed"
		. (defined $piece->{result} ? "the page says:\n$piece->{result}" : '');
	return;
}

# Rows where there are to be some: of the last result that tells its number.
sub is_as_long_as_said
{
	my ($piece) = @_;
	my @counts = $piece->{printed} =~ /^\((\d+) rows?\)$/mg;

	# A count of nothing, or one row without anything in it, proves as little as no row.
	my $hollow = $piece->{printed} =~ /-\n[ 0|]*\n\(1 row\)\s*\z/ && $piece->{sql} !~ $changes;

	return @counts && $counts[-1] == 0 if $piece->{empty};
	return @counts && $counts[-1] > 0 && !$hollow;
}

# The same, but for what differs from run to run.
sub alike
{
	return mask($_[0]) eq mask($_[1]);
}

sub mask
{
	my ($text) = @_;

	for ($text)
	{
		# How often a job is looked at.
		s/^NOTICE:  job .*\n//mg;
		s/\b[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\b/ID/g;
		s/\b[0-9a-f]{32}(?:in|br|no|pr|po)?(?:14)?\b/ID/g;
		s/\d{4}-\d\d-\d\d([ T]\d\d:\d\d:\d\d(\.\d+)?(\+00(00)?|Z)?)?/TIME/g;
		s/\b\d{14}\b/TIME/g;
		s/\d+ days? \d\d:\d\d:\d\d(\.\d+)?|\b\d\d:\d\d:\d\d(\.\d+)?\b/INTERVAL/g;
		s/(Bytes Received|Memory Usage|Time Waiting): [\d.]+/$1: N/g;
		s/-{2,}/--/g;
		s/[ \t]+/ /g;
		s/^ | $//gm;
		s/\A\n+|\n+\z//g;
	}
	return $text;
}

# --- writing results into a page ----------------------------------------------------

sub update
{
	my ($file, $text, @pieces) = @_;
	my @results = grep { defined $_->{result} } @pieces;

	return unless @results;
	$text =~ s/^```text result\n.*?^```$/"```text result\n" . (shift @results)->{printed} . "\n```"/gems;
	open my $handle, '>', $file or die "$file: $!";
	print $handle $text;
	close $handle or die "$file: $!";
	return;
}
