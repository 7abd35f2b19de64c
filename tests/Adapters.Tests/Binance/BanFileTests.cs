using FuturesBot.Adapters.Binance;
using Xunit;

namespace FuturesBot.Adapters.Tests.Binance;

public sealed class BanFileTests
{
    [Fact]
    public async Task Load_AfterSave_GivesTheEndOfTheBanToTheNextRun()
    {
        using var folder = new TempFolder();
        var path = Path.Combine(folder["state"], "ban");
        await new BanFile(path).SaveAsync(1_800_000_000_123, TestContext.Current.CancellationToken);

        Assert.Equal(1_800_000_000_123, await new BanFile(path).LoadAsync(TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("tomorrow")]
    [InlineData("-5")]
    public async Task Load_NothingUsable_IsNoBan(string? content)
    {
        using var folder = new TempFolder();
        if (content is not null) await File.WriteAllTextAsync(folder["ban"], content, TestContext.Current.CancellationToken);

        Assert.Equal(0, await new BanFile(folder["ban"]).LoadAsync(TestContext.Current.CancellationToken));
    }
}
