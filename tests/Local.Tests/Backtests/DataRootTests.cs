using FuturesBot.Local.Backtests;
using Xunit;

namespace FuturesBot.Local.Tests.Backtests;

/// <summary>A backtest reads only below the data root (spec 2.20 #3).</summary>
public sealed class DataRootTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly DataRoot _root;

    public DataRootTests()
    {
        Directory.CreateDirectory(_folder.In("data", "klines", "2025"));
        Directory.CreateDirectory(_folder.In("secret"));
        File.WriteAllText(_folder.In("secret", "BTCUSDT-15m.csv"), "secret");
        _root = new(_folder.In("data"));
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("", "")]
    [InlineData("klines", "klines")]
    [InlineData("klines/2025/", "klines/2025")]
    [InlineData("./klines/./2025", "klines/2025")]
    public void Resolve_BelowTheRoot_IsThatFolder(string data, string expected) => Assert.Equal(
        Path.TrimEndingDirectorySeparator(Path.Combine(_root.FullPath, expected)), _root.Resolve(data, out _));

    [Theory]
    [InlineData("..", "leads upwards")]
    [InlineData("../secret", "leads upwards")]
    [InlineData("klines/../../secret", "leads upwards")]
    [InlineData("klines/..", "leads upwards")]
    [InlineData("/etc", "absolute")]
    [InlineData("//server/share", "absolute")]
    [InlineData("C:/Windows", "absolute")]
    [InlineData("klines\\..\\..\\secret", "not allowed")]
    [InlineData("klines\0", "not allowed")]
    [InlineData("nothing", "no folder")]
    public void Resolve_OfWhatLeadsOut_IsRefused(string data, string why)
    {
        Assert.Null(_root.Resolve(data, out var said));
        Assert.Contains(why, said, StringComparison.Ordinal);
    }

    [Fact]
    public void Resolve_ThroughALink_IsRefused()
    {
        Directory.CreateSymbolicLink(_folder.In("data", "out"), _folder.In("secret"));

        Assert.Null(_root.Resolve("out", out var why));
        Assert.Contains("link", why, StringComparison.Ordinal);
        Assert.Null(_root.Resolve("", out why));   // reading the root would read the link's folder too
        Assert.Contains("link", why, StringComparison.Ordinal);
        Assert.NotNull(_root.Resolve("klines", out _));
    }

    [Fact]
    public void Resolve_WithALinkAmongTheFiles_IsRefused()
    {
        File.CreateSymbolicLink(_folder.In("data", "klines", "2025", "BTCUSDT-15m.csv"), _folder.In("secret", "BTCUSDT-15m.csv"));

        Assert.Null(_root.Resolve("klines", out var why));
        Assert.Contains("BTCUSDT-15m.csv", why, StringComparison.Ordinal);
    }

    [Fact]
    public void Resolve_WhereTheRootItselfIsALink_FollowsItsOwner()
    {
        Directory.CreateSymbolicLink(_folder.In("linked"), _folder.In("data"));

        Assert.NotNull(new DataRoot(_folder.In("linked")).Resolve("klines", out _));
    }
}
