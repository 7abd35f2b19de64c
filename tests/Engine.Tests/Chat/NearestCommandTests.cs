using FuturesBot.Engine.Chat;
using Xunit;

namespace FuturesBot.Engine.Tests.Chat;

public sealed class NearestCommandTests
{
    [Theory]
    [InlineData("", "", 0)]
    [InlineData("status", "status", 0)]
    [InlineData("", "why", 3)]
    [InlineData("stauts", "status", 1)]      // swapped neighbours count once
    [InlineData("kitten", "sitting", 3)]     // Levenshtein's textbook pair
    [InlineData("ca", "abc", 3)]             // the restricted distance, not 2
    public void Distance_OfTwoWords_CountsTheFewestChanges(string x, string y, int expected)
    {
        Assert.Equal(expected, NearestCommand.Distance(x, y));
        Assert.Equal(expected, NearestCommand.Distance(y, x));
    }

    [Theory]
    [InlineData(".ыефегы", "/status")]
    [InlineData(".ЗГСУ", "/puce")]
    [InlineData("/status", "/status")]
    [InlineData("хъжэбюё", "[];',.`")]
    public void ToLatin_RussianKeys_GivesWhatTheKeysSay(string typed, string expected) =>
        Assert.Equal(expected, NearestCommand.ToLatin(typed));

    [Theory]
    [InlineData("/wy", "why")]
    [InlineData("/wxy", "why")]
    [InlineData("/abc", null)]
    [InlineData("рудз", "help")]
    [InlineData("💥", null)]
    public void Of_Typed_TakesNoWordForAnother(string typed, string? expected) =>
        Assert.Equal(expected, NearestCommand.Of(typed, ["why", "help", "status"]));
}
