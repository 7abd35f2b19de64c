using System.Net;
using System.Text;
using System.Text.Json;
using FuturesBot.Adapters.AzureStorage.Market;
using FuturesBot.Adapters.AzureStorage.Store;
using FuturesBot.Adapters.Configuration;
using FuturesBot.Adapters.Telegram;
using FuturesBot.Engine.Running;
using FuturesBot.Engine.Sharding;
using FuturesBot.Engine.Telemetry;
using FuturesBot.Functions.Tests.Worker.Protocol;
using FuturesBot.Local.Tests;
using FuturesBot.TestKit;
using Xunit;

namespace FuturesBot.Functions.Tests.Worker;

/// <summary>
/// The app as it runs in Azure: its own process, spoken to by a host over the public protocol, with real storage (Azurite) and a durable
/// extension behind it. What is a stand-in here is the host: its triggers, its bindings' formats as they are documented, its scaling.
/// </summary>
[Collection(WorkerCollection.Name)]
public sealed class WorkerTests(WorkerWorld world)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void Functions_OfTheBuiltApp_HaveTheNamesAndTriggersThatAzureKnows()
    {
        string[] expected =
        [
            "AskForPieces activityTrigger",
            "Backfill orchestrationTrigger",
            "CarryOut activityTrigger",
            "DailySummary timerTrigger 0 6 21,22 * * * durableClient",
            "HaltEntries httpTrigger Admin post manage/halt http",
            "IntegrityReport timerTrigger 0 40 0 * * *",
            "LookAtPieces activityTrigger",
            "MarketEvents queueTrigger market-events by Storage durableClient",
            "MergeParts activityTrigger",
            "PurgeOrchestration httpTrigger Admin delete manage/orchestrations/{id} durableClient http",
            "ReadLiveness httpTrigger Anonymous get health/live http",
            "ReadMoves activityTrigger",
            "ReadOrchestration httpTrigger Admin get manage/orchestrations/{id} durableClient http",
            "ReadPoison httpTrigger Function get api/poison http",
            "ReadReadiness httpTrigger Anonymous get health/ready http",
            "ReadSignal httpTrigger Function get api/signals/{id} durableClient http",
            "ReadSignals httpTrigger Function get api/signals http",
            "ReadStatus httpTrigger Function get api/status http",
            "RefreshCandles timerTrigger 20 */15 * * * * durableClient",
            "RemovePoison httpTrigger Admin delete manage/poison/{id} http",
            "ResendSignal httpTrigger Admin post manage/signals/{id}/resend durableClient http",
            "Retention timerTrigger 0 20 1 * * * durableClient",
            "RunBacktest orchestrationTrigger",
            "RunPart activityTrigger",
            "StartBackfill httpTrigger Admin post manage/backfills durableClient http",
            "StartBacktest httpTrigger Admin post manage/backtests durableClient http",
            "TelegramWebhook httpTrigger Anonymous post telegram http",
            "TrackSignal orchestrationTrigger",
            "WeeklySummary timerTrigger 0 8 21,22 * * SUN durableClient",
        ];

        Assert.Equal(expected, world.Host.Functions.Values.Select(Told).Order(StringComparer.Ordinal));
        Assert.True(world.Host.Capabilities.ContainsKey("HttpUri"));
        // With no address for telemetry the host sends the worker's log with its own.
        Assert.DoesNotContain("WorkerOpenTelemetryEnabled", world.Host.Capabilities.Keys);
    }

    [Fact]
    public async Task Timers_FiredTwice_PutTheSameCommandsOnTheQueueUnderTheSameIds()
    {
        foreach (var timer in (string[])["RefreshCandles", "IntegrityReport"])
        {
            await world.Host.FireAsync(timer);
            await world.Host.FireAsync(timer);
        }

        var commands = (await world.CommandsAsync(
            command => command is SidecarCommand.RefreshCandles or SidecarCommand.RefreshSymbols or SidecarCommand.CheckIntegrity, Cancel)).GroupBy(one => one.Id).ToArray();

        // Between two fires a quarter of an hour may end: then there are more ids, and each still asks for one thing. Symbols are asked for
        // in the first quarter alone.
        Assert.All(commands, same => Assert.Single(same.Select(one => one.Command).Distinct()));
        Assert.Contains(commands, same => same.Count() == 2);
        Assert.Equal(
            ["CheckIntegrity", "RefreshCandles"],
            commands.Select(same => same.First().Command.GetType().Name).Where(name => name != "RefreshSymbols").Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task TimersOfTheHouse_Fired_AskForRetentionAndTakeInNothingBeforeItsTime()
    {
        await world.PublishAsync(0, Cancel);

        await world.Host.FireAsync("Retention");
        await world.Host.FireAsync("DailySummary");
        await world.Host.FireAsync("WeeklySummary");

        var asked = Assert.Single(await world.CommandsAsync(command => command is SidecarCommand.Forget, Cancel));
        Assert.StartsWith("forget-", asked.Id, StringComparison.Ordinal);
        await Eventually.IsAsync(   // its log comes by a way of its own
            () => Task.FromResult(world.Host.Log.Any(line => line.Message.StartsWith("Purged 0 orchestrations", StringComparison.Ordinal))),
            "the purge is in the worker's log");
    }

    [Fact]
    public async Task MarketEvents_BatchesOfASignal_AreDecidedStoredAndFollowedByAnOrchestrationWhoseEffectsReachTheSidecar()
    {
        var account = world.Azurite.Account;
        var batches = await world.PublishAsync(18, Cancel);

        // The last message alone: what is missing before it is read from the log. Then an old one, doubled.
        var response = await world.Host.DeliverAsync("MarketEvents", ShardJson.Write(batches[^1]), "m-18");
        var again = await world.Host.DeliverAsync("MarketEvents", ShardJson.Write(batches[0]), "m-1");

        Assert.True(response.Result.Status == StatusResult.Types.Status.Success, response.Result.Exception?.Message);
        Assert.Equal(StatusResult.Types.Status.Success, again.Result.Status);
        using var store = await AzureStore.OpenAsync(account, cancel: Cancel);
        var signals = (await store.LoadOpenAsync(Cancel)).Concat(await store.LoadClosedAsync(9, cancel: Cancel)).ToArray();
        var signal = Assert.Single(signals, one => one.Version >= 5);
        Assert.Equal(batches[^1].CloseMs, await StoredRun.FindPositionAsync(store, Cancel));
        var beat = Assert.Single(await new TableBeats(account).ReadAsync(Cancel), one => one.Component == MarketEventsDesk.Component);
        Assert.Equal(18, beat.Number);
        var bot = BotConfiguration.Load(Path.Combine(WorkerHost.Folder(), "bot.yaml"), world.Settings());
        Assert.Equal(await OneProcess.LedgerAsync(bot, 18, Cancel), await OneProcess.LedgerAsync(store, Cancel));

        var status = await world.Hub.Client.SeeAsync(signal.Id, seen => seen.Version == signal.Version, Cancel);
        Assert.NotEqual("", status.Phase);
        var carried = await world.CommandsAsync(command => command is SidecarCommand.CarryOut or SidecarCommand.WatchLevels, Cancel);
        Assert.Contains(carried, one => one.Command is SidecarCommand.CarryOut carry && carry.Effect.SignalId == signal.Id);
        Assert.Contains(carried, one => one.Command is SidecarCommand.WatchLevels watch && watch.SignalId == signal.Id);

        await world.Host.FireAsync("RefreshCandles");
        Assert.Equal(
            ["market-events", "orchestrations", "timers"],
            (await new TableBeats(account).ReadAsync(Cancel)).Select(one => one.Component).Order(StringComparer.Ordinal));

        var (found, body) = await world.Host.RequestAsync("ReadSignal", HttpMethod.Get, $"api/signals/{signal.Id}");
        Assert.Equal(HttpStatusCode.OK, found);
        using var json = JsonDocument.Parse(body);
        Assert.Equal(signal.Version, json.RootElement.GetProperty("tracking").GetProperty("version").GetInt64());
        var (_, all) = await world.Host.RequestAsync("ReadStatus", HttpMethod.Get, "api/status");
        Assert.Contains("\"head_number\":18", all, StringComparison.Ordinal);

        // One that is lost begins anew where the signal stands, and carries nothing out that was carried out.
        await world.Hub.Client.TerminateInstanceAsync(signal.Id, cancellation: Cancel);
        await world.Hub.Client.EndOfAsync(signal.Id, Cancel);
        Assert.Equal(HttpStatusCode.Accepted, (await world.Host.RequestAsync("ResendSignal", HttpMethod.Post, $"manage/signals/{signal.Id}/resend")).Status);
        await world.Hub.Client.SeeAsync(signal.Id, seen => seen.Version == signal.Version, Cancel);
        Assert.Empty(await world.CommandsAsync(command => command is SidecarCommand.CarryOut, Cancel));
    }

    [Fact]
    public async Task MarketEvents_MessageThatIsNoBatch_FailsAndLiesOnTheShelfAfterItsLastTry()
    {
        var first = await world.Host.DeliverAsync("MarketEvents", "no batch"u8, "m-bad", deliveries: 4);
        var shelf = new TablePoisonShelf(world.Azurite.Account);
        Assert.DoesNotContain(await shelf.ReadAsync(50, Cancel), one => one.Id == "m-bad");
        var last = await world.Host.DeliverAsync("MarketEvents", "no batch"u8, "m-bad", deliveries: 5);

        Assert.Equal((StatusResult.Types.Status.Failure, StatusResult.Types.Status.Failure), (first.Result.Status, last.Result.Status));
        var kept = Assert.Single(await shelf.ReadAsync(50, Cancel), one => one.Id == "m-bad");
        Assert.Equal(("market-events", 5L, "no batch"), (kept.Queue, kept.Tries, kept.Body));
        Assert.Contains("InvalidDataException", kept.Reason, StringComparison.Ordinal);
        var (_, shown) = await world.Host.RequestAsync("ReadPoison", HttpMethod.Get, "api/poison");
        Assert.Contains("m-bad", shown, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NoContent, (await world.Host.RequestAsync("RemovePoison", HttpMethod.Delete, "manage/poison/m-bad")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await world.Host.RequestAsync("RemovePoison", HttpMethod.Delete, "manage/poison/m-bad")).Status);
    }

    [Fact]
    public async Task TelegramWebhook_SecretWrongMissingAndRight_TakesOneAndSaysNothingToOthers()
    {
        const string Update = """{"update_id":77,"message":{"message_id":5,"date":1764400000,"chat":{"id":9,"type":"private"},"from":{"id":9,"is_bot":false,"first_name":"A"},"text":"/status"}}""";
        var missing = await world.Host.RequestAsync("TelegramWebhook", HttpMethod.Post, "telegram", Update);
        var wrong = await world.Host.RequestAsync("TelegramWebhook", HttpMethod.Post, "telegram", Update, (WebhookDoor.SecretHeader, "guess"));
        Assert.Empty(await world.CommandsAsync(command => command is SidecarCommand.TakeChatUpdate, Cancel));
        var right = await world.Host.RequestAsync("TelegramWebhook", HttpMethod.Post, "telegram", Update, (WebhookDoor.SecretHeader, WorkerWorld.Secret));
        var again = await world.Host.RequestAsync("TelegramWebhook", HttpMethod.Post, "telegram", Update, (WebhookDoor.SecretHeader, WorkerWorld.Secret));

        Assert.Equal((HttpStatusCode.Forbidden, ""), missing);
        Assert.Equal((HttpStatusCode.Forbidden, ""), wrong);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (right.Status, again.Status));
        var commands = await world.CommandsAsync(command => command is SidecarCommand.TakeChatUpdate, Cancel);
        Assert.Equal(["chat-update-77", "chat-update-77"], commands.Select(one => one.Id));   // one id: the sidecar answers once
    }

    [Fact]
    public async Task Health_AndUnknownThings_AreAnsweredPlainly()
    {
        Assert.Equal((HttpStatusCode.OK, "live"), await world.Host.RequestAsync("ReadLiveness", HttpMethod.Get, "health/live"));
        var (ready, said) = await world.Host.RequestAsync("ReadReadiness", HttpMethod.Get, "health/ready");
        Assert.Equal(HttpStatusCode.OK, ready);
        Assert.StartsWith("ready", said, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await world.Host.RequestAsync("ReadSignal", HttpMethod.Get, "api/signals/nobody")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await world.Host.RequestAsync("ReadOrchestration", HttpMethod.Get, "manage/orchestrations/nobody")).Status);
        var (bad, why) = await world.Host.RequestAsync("ReadSignals", HttpMethod.Get, "api/signals?state=lost");
        Assert.Equal(HttpStatusCode.BadRequest, bad);
        Assert.Contains("open and closed are allowed", why, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ReadSignal", "GET", "api/signals/{0}")]
    [InlineData("ResendSignal", "POST", "manage/signals/{0}/resend")]
    [InlineData("ReadOrchestration", "GET", "manage/orchestrations/{0}")]
    [InlineData("PurgeOrchestration", "DELETE", "manage/orchestrations/{0}")]
    [InlineData("RemovePoison", "DELETE", "manage/poison/{0}")]
    public async Task Ids_ThatNothingCanHave_AreOfNothingThatIsThere(string function, string method, string path)
    {
        foreach (var id in (string[])["%40entity", "a%2Fb", "a%5Cb", "a%23b", "a%3Fb", "%25", new('a', 2_000)])
        {
            var (status, why) = await world.Host.RequestAsync(
                function, new HttpMethod(method), string.Format(System.Globalization.CultureInfo.InvariantCulture, path, id));
            Assert.True(status == HttpStatusCode.NotFound, $"{id}: {status} {why}");
        }
    }

    [Fact]
    public async Task Admin_OrdersThatAreWrongAndRight_AreRefusedWithTheReasonOrPutOnTheQueue()
    {
        var host = world.Host;
        (string Name, string Path, string Body, string Why)[] wrong =
        [
            ("HaltEntries", "manage/halt", """{"stop":true}""", "cannot be read"),
            ("StartBackfill", "manage/backfills", """{"symbols":["BTC/USDT"],"frames":["1h"],"from":"2026-01-01T00:00:00Z","to":"2026-01-02T00:00:00Z"}""", "no symbol such as BTCUSDT"),
            ("StartBackfill", "manage/backfills", """{"symbols":["BTCUSDT"],"frames":["2h"],"from":"2026-01-01T00:00:00Z","to":"2026-01-02T00:00:00Z"}""", "1m 5m 15m 1h 4h 1d are allowed"),
            ("StartBackfill", "manage/backfills", """{"symbols":["BTCUSDT"],"frames":["1h"],"from":"2026-01-02T00:00:00Z","to":"2026-01-01T00:00:00Z"}""", "to is needed"),
            ("StartBacktest", "manage/backtests", """{"symbols":[],"from":"2026-01-01T00:00:00Z","to":"2026-01-02T00:00:00Z"}""", "at least one symbol"),
        ];
        foreach (var (name, path, body, why) in wrong)
        {
            var (status, said) = await host.RequestAsync(name, HttpMethod.Post, path, body);
            Assert.Equal(HttpStatusCode.BadRequest, status);
            Assert.Contains(why, said, StringComparison.Ordinal);
        }

        Assert.Equal(HttpStatusCode.Accepted, (await host.RequestAsync("HaltEntries", HttpMethod.Post, "manage/halt", """{"halted":true}""")).Status);
        var halt = Assert.Single(await world.CommandsAsync(command => command is SidecarCommand.HaltEntries, Cancel));
        Assert.Equal("admin", ((SidecarCommand.HaltEntries)halt.Command).Halt!.By);
        Assert.Equal(HttpStatusCode.NotFound, (await host.RequestAsync("ResendSignal", HttpMethod.Post, "manage/signals/nobody/resend")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await host.RequestAsync("PurgeOrchestration", HttpMethod.Delete, "manage/orchestrations/nobody")).Status);
    }

    [Fact]
    public async Task Telemetry_OfAWorkerOfItsOwn_ArrivesUnderItsNameWithoutTheSecret()
    {
        const string Trace = "0af7651916cd43dd8448eb211c80319c";
        _ = world.Azurite.Account;
        await using var collector = await OtlpCollector.StartAsync();
        var settings = world.Settings();
        settings["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.Address;
        await using var host = await WorkerHost.StartAsync(settings, world.Hub.Address, Cancel);
        Assert.Equal("True", host.Capabilities["WorkerOpenTelemetryEnabled"]);

        await host.FireAsync("IntegrityReport", $"00-{Trace}-b7ad6b7169203331-01");
        await host.DeliverAsync("MarketEvents", "no batch"u8, "m-dark", deliveries: 5);
        await host.RequestAsync("TelegramWebhook", HttpMethod.Post, "telegram", "{", (WebhookDoor.SecretHeader, WorkerWorld.Secret));
        var code = await host.EndAsync(Cancel);   // what is left is sent before it ends

        Assert.Equal(0, code);
        var sent = Assert.Single(collector.Spans, span => span.Name == Spans.Command);
        Assert.Equal((Trace, "CheckIntegrity"), (sent.Trace, sent.Texts[Attributes.Kind]));
        Assert.Contains(collector.Spans, span => span.Id == sent.Parent);   // the worker's own span of the invocation
        Assert.Contains(Metrics.Poison, collector.Metrics.Keys);
        Assert.Contains(Metrics.StorageOperations, collector.Metrics.Keys);
        Assert.NotEmpty(collector.Lines);
        var all = string.Concat(collector.Bodies.Select(Encoding.Latin1.GetString));
        Assert.Contains("futuresbot-functions", all, StringComparison.Ordinal);
        Assert.DoesNotContain(WorkerWorld.Secret, all, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_SettingsThatAreMissingOrWrong_EndsWithASentenceForEach()
    {
        var (code, said) = await WorkerHost.RunAsync(
            new Dictionary<string, string>
            {
                ["FUTURESBOT__TELEGRAM__WEBHOOK"] = "https://example.org",
                ["OTEL_EXPORTER_OTLP_ENDPOINT"] = "nowhere",
            },
            Cancel);

        Assert.Equal(2, code);
        foreach (var name in (string[])["Storage", "TASKHUB_NAME", "storage.kind: was sqlite", "TELEGRAM_WEBHOOK_SECRET", "OTEL_EXPORTER_OTLP_ENDPOINT was 'nowhere'"])
            Assert.Contains(name, said, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", said, StringComparison.Ordinal);   // sentences, no stack
    }

    private static string Told(RpcFunctionMetadata function) => string.Join(
        ' ', function.RawBindings.Select(raw => JsonDocument.Parse(raw).RootElement).Select(Told).Prepend(function.Name));

    private static string Told(JsonElement binding) => binding.GetProperty("type").GetString() switch
    {
        "timerTrigger" => $"timerTrigger {binding.GetProperty("schedule")}",
        "queueTrigger" => $"queueTrigger {binding.GetProperty("queueName")} by {binding.GetProperty("connection")}",
        "httpTrigger" => $"httpTrigger {binding.GetProperty("authLevel")} {string.Join(',', binding.GetProperty("methods").EnumerateArray())} {binding.GetProperty("route")}",
        var other => other!,
    };
}
