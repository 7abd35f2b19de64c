using FuturesBot.Adapters.Sqlite;
using FuturesBot.Domain.Market;
using FuturesBot.TestKit;
using Xunit;

namespace FuturesBot.Local.Tests.Commands;

public sealed class DoctorCommandTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private string Config
    {
        get
        {
            var file = _folder.In("bot.yaml");
            // Nobody listens there: these tests are of what is on this machine.
            File.WriteAllText(file, "exchange:\n  rest: \"http://127.0.0.1:1\"\n  archive: \"http://127.0.0.1:1\"\n  retries_max: 0\n");
            return file;
        }
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Doctor_SimulatedExchange_FindsNothingToPutRight()
    {
        var cli = await Cli.RunAsync("doctor", "--state", _folder.In("state"), "--config", Config, "--json");

        var findings = cli.Json.GetProperty("findings").EnumerateArray().ToArray();
        Assert.All(
            findings.Where(finding => finding.GetProperty("area").GetString() is not ("keys" or "archive")),
            finding => Assert.Equal("ok", finding.GetProperty("level").GetString()));
        var areas = findings.Select(finding => finding.GetProperty("area").GetString()).Distinct();
        Assert.Equal(["configuration", "store", "exchange", "clock", "keys", "streams", "archive", "telegram"], areas);
        Assert.Contains("/market brings data", cli.Output);
        Assert.False(Directory.Exists(_folder.In("state")));   // it changes nothing
    }

    [Fact]
    public async Task Doctor_WrongSettings_AreAllNamedAndTheRestIsLookedAt()
    {
        File.WriteAllText(_folder.In("wrong.yaml"), "mode: real\nuniverse:\n  symbols_max: 0\n");
        var cli = await Cli.RunAsync("doctor", "--state", _folder.In("state"), "--config", _folder.In("wrong.yaml"));
        Assert.Equal(1, cli.Code);
        Assert.Contains("mode: value 'real' is not allowed", cli.Output);
        Assert.Contains("universe.symbols_max: value '0' is not allowed", cli.Output);
        Assert.Contains("contracts are listed", cli.Output);
    }

    [Fact]
    public async Task Doctor_DamagedStore_IsAFaultWithWhatToDo()
    {
        var file = _folder.In("state", "futuresbot.db");
        using (var store = SqliteStore.Open(file)) await store.AppendAsync(new(Symbol.Btc, TimeFrame.M15), GoldenMarket.Bars(5_000));
        using (var damage = File.OpenWrite(file))
        {
            damage.Seek(damage.Length / 2, SeekOrigin.Begin);
            damage.Write(new byte[8_192]);
        }

        var cli = await Cli.RunAsync("doctor", "--exchange", "binance", "--state", _folder.In("state"), "--config", Config);

        Assert.Equal(1, cli.Code);
        Assert.Contains("is damaged:", cli.Output);
        Assert.Contains("Copy the state folder away", cli.Output);
    }

    [Fact]
    public async Task Doctor_StateIsAFile_IsAFault()
    {
        File.WriteAllText(_folder.In("state"), "");
        var cli = await Cli.RunAsync("doctor", "--exchange", "binance", "--state", _folder.In("state"), "--config", Config);
        Assert.Equal(1, cli.Code);
        Assert.Contains("is a file", cli.Output);
    }
}
