using System.CommandLine;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Xunit;

namespace FuturesBot.Simulator.Tests.Wire;

public sealed class WireProgramTests
{
    [Fact]
    public async Task Exchange_WithJson_SaysWhereItIsAndRunsUntilItIsCancelled()
    {
        using var cancel = new CancellationTokenSource();
        using var output = new SpokenWriter();
        var running = RunAsync(output, TextWriter.Null, cancel.Token, "--port", "0", "--json", "--from", "2025-10-01T00:00:00Z", "--speed", "10");

        var said = JsonDocument.Parse(await output.Line).RootElement;

        using var http = new HttpClient();
        Assert.Equal("{}", await http.GetStringAsync($"{said.GetProperty("rest").GetString()}/fapi/v1/ping", TestContext.Current.CancellationToken));
        Assert.Equal(("simulator", 12, 10.0), (said.GetProperty("key").GetString(), said.GetProperty("symbols").GetInt32(), said.GetProperty("speed").GetDouble()));
        Assert.StartsWith("2025-10-01T00:0", said.GetProperty("now").GetString());
        await cancel.CancelAsync();
        Assert.Equal(0, await running);
    }

    [Fact]
    public async Task Exchange_StartedAgainWithItsState_GoesOnWithTheSameMarket()
    {
        var folder = Directory.CreateTempSubdirectory("futuresbot-");
        var state = Path.Combine(folder.FullName, "kept", "market.json");
        try
        {
            var first = await LiveAsync(["--from", "2025-10-01T00:00:00Z", "--seed", "7", "--speed", "3000"], TimeSpan.FromMilliseconds(300));
            var second = await LiveAsync(["--speed", "1"], TimeSpan.Zero);

            Assert.True(second.NowMs > first.EndMs - 1_000 && second.NowMs < first.EndMs + 60_000, $"It went on at {second.NowMs}, after {first.EndMs}");
            Assert.True(first.EndMs > first.NowMs + 60_000, "market time passed");
            Assert.Equal(first.Klines, second.Klines);
            using var errors = new StringWriter();
            Assert.Equal(2, await RunAsync(TextWriter.Null, errors, TestContext.Current.CancellationToken, "--port", "0", "--state", state, "--seed", "8"));
            Assert.Contains("--seed was 8, the market of --state has 7", errors.ToString(), StringComparison.Ordinal);
            await File.WriteAllTextAsync(state, "{}", TestContext.Current.CancellationToken);
            Assert.Equal(2, await RunAsync(TextWriter.Null, errors, TestContext.Current.CancellationToken, "--port", "0", "--state", state));
            Assert.Contains("is no file of --state", errors.ToString(), StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }

        async Task<(long NowMs, long EndMs, string Klines)> LiveAsync(string[] more, TimeSpan atLeast)
        {
            using var cancel = new CancellationTokenSource();
            using var output = new SpokenWriter();
            var running = RunAsync(output, TextWriter.Null, cancel.Token, ["--port", "0", "--json", "--state", state, .. more]);
            var said = JsonDocument.Parse(await output.Line).RootElement;
            using var http = new HttpClient { BaseAddress = new(said.GetProperty("rest").GetString()!) };
            var nowMs = DateTimeOffset.Parse(said.GetProperty("now").GetString()!, CultureInfo.InvariantCulture).ToUnixTimeMilliseconds();
            var klines = await http.GetStringAsync("/fapi/v1/klines?symbol=ETHUSDT&interval=1h&limit=5&endTime=1759276799999", TestContext.Current.CancellationToken);
            await Task.Delay(atLeast, TestContext.Current.CancellationToken);
            await cancel.CancelAsync();
            Assert.Equal(0, await running);
            var endMs = JsonDocument.Parse(await File.ReadAllTextAsync(state, TestContext.Current.CancellationToken)).RootElement.GetProperty("now_ms").GetInt64();
            return (nowMs, endMs, klines);
        }
    }

    [Fact]
    public async Task Exchange_OnATakenPort_SaysSoInASentence()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        using var errors = new StringWriter();

        var code = await RunAsync(TextWriter.Null, errors, TestContext.Current.CancellationToken, "--port", $"{port}");

        Assert.Equal((2, $"Port {port} is in use; --port takes another one, 0 a free one"), (code, errors.ToString().Trim()));
    }

    [Theory]
    [InlineData("--faults", "seed:many", "--faults was 'seed:many'")]
    [InlineData("--faults", "no-such-file.json", "no-such-file.json")]
    [InlineData("--data", "no-such-folder", "no-such-folder")]
    [InlineData("--from", "yesterday", "--from was 'yesterday'")]
    public async Task Exchange_WithWhatItCannotUse_EndsWith2AndSaysWhy(string option, string value, string said)
    {
        using var errors = new StringWriter();

        var code = await RunAsync(TextWriter.Null, errors, TestContext.Current.CancellationToken, "--port", "0", option, value);

        Assert.Equal(2, code);
        Assert.Contains(said, errors.ToString());
    }

    [Theory]
    [InlineData("--speed", "0")]
    [InlineData("--port", "70000")]
    [InlineData("--symbols", "13")]
    public void Options_OutOfRange_AreParseErrors(string option, string value) =>
        Assert.Contains($"{option} was '{value}'", Assert.Single(ExchangeProgram.CreateCommand("exchange").Parse([option, value]).Errors).Message);

    private static Task<int> RunAsync(TextWriter output, TextWriter errors, CancellationToken cancel, params string[] args) =>
        ExchangeProgram.CreateCommand("exchange").Parse(args)
            .InvokeAsync(new InvocationConfiguration { Output = output, Error = errors }, cancel);

    /// <summary>Hands on the first line that is written.</summary>
    private sealed class SpokenWriter : StringWriter
    {
        private readonly TaskCompletionSource<string> _line = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<string> Line => _line.Task;

        public override Task WriteLineAsync(string? value)
        {
            _line.TrySetResult(value ?? "");
            return Task.CompletedTask;
        }
    }
}
