using System.Text.RegularExpressions;
using Xunit;

namespace FuturesBot.Architecture.Tests;

public sealed partial class ScriptTests
{
    [Fact]
    public void Scripts_OfBothSystems_HaveTheSameVerbs()
    {
        var unix = UnixVerb().Matches(Repository.Read("dev")).Select(match => match.Groups["verb"].Value).Where(verb => verb != "help").Order();
        var windows = WindowsVerb().Matches(Repository.Read("dev.cmd")).Select(match => match.Groups["verb"].Value).Where(verb => verb != "help").Order();

        Assert.NotEmpty(unix);
        Assert.Equal(unix, windows);
    }

    [GeneratedRegex(@"^  (?<verb>[a-z]+)(\|[^)]*)?\) .*;;$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex UnixVerb();

    [GeneratedRegex("^if \"%verb%\"==\"(?<verb>[a-z]+)\"", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex WindowsVerb();
}
