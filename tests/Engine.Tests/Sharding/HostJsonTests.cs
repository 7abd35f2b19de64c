using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using FuturesBot.Engine.Sharding;
using Xunit;

namespace FuturesBot.Engine.Tests.Sharding;

/// <summary>What the functions' host is told, where code and costs count on it.</summary>
public sealed partial class HostJsonTests
{
    private static readonly string Root = FindRoot();
    private static readonly JsonElement Host = JsonDocument.Parse(File.ReadAllText(Path.Combine(Root, "host.json"))).RootElement;

    private static JsonElement Queues => Host.GetProperty("extensions").GetProperty("queues");

    private static JsonElement Durable => Host.GetProperty("extensions").GetProperty("durableTask");

    // With fewer tries there the desk would never see the last one, and what is given up would lie nowhere with its reason.
    [Fact]
    public void Queues_TriesOfAMessage_AreThoseThatTheDeskCounts() => Assert.Equal(MarketEventsDesk.TriesMax, Queues.GetProperty("maxDequeueCount").GetInt32());

    [Fact]
    public void Queues_Batches_ComeOneAtATimeInTheFormThatTheyAreSentInAndNotAtOnceAgain()
    {
        Assert.Equal((1, 0), (Queues.GetProperty("batchSize").GetInt32(), Queues.GetProperty("newBatchThreshold").GetInt32()));
        Assert.Equal("base64", Queues.GetProperty("messageEncoding").GetString());
        Assert.InRange(Span(Queues.GetProperty("visibilityTimeout")), TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));
    }

    // Storage is polled: an idle orchestration hears of an event that late, and somebody has to be there.
    [Fact]
    public void Durable_InStorage_IsPolledOftenByAnInstanceThatIsAlwaysThere()
    {
        var provider = Durable.GetProperty("storageProvider");
        Assert.SkipWhen(provider.TryGetProperty("type", out var type) && type.GetString() == "azureManaged", "orchestrations live in the scheduler, which pushes");

        Assert.InRange(Span(provider.GetProperty("maxQueuePollingInterval")), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(10));
        var main = File.ReadAllText(Path.Combine(Root, "infra-bicep", "main.bicep"));
        Assert.True(int.Parse(AlwaysReady().Match(main).Groups["count"].Value, CultureInfo.InvariantCulture) >= 1);
    }

    [Fact]
    public void Durable_InstancesOfADeploymentBefore_AreRunByTheOneAfterAndNotTheOtherWayRound()
    {
        Assert.NotEmpty(Durable.GetProperty("defaultVersion").GetString()!);
        Assert.Equal("CurrentOrOlder", Durable.GetProperty("versionMatchStrategy").GetString());
        Assert.Equal("Reject", Durable.GetProperty("versionFailureStrategy").GetString());   // back onto the queue, for whoever knows it
    }

    [Fact]
    public void Telemetry_OfTheHost_GoesTheWorkersWayWithoutInputs()
    {
        Assert.Equal("OpenTelemetry", Host.GetProperty("telemetryMode").GetString());
        var tracing = Durable.GetProperty("tracing");
        Assert.Equal((true, "V2", false), (tracing.GetProperty("distributedTracingEnabled").GetBoolean(), tracing.GetProperty("version").GetString(), tracing.GetProperty("traceInputsAndOutputs").GetBoolean()));
    }

    private static TimeSpan Span(JsonElement text) => TimeSpan.Parse(text.GetString()!, CultureInfo.InvariantCulture);

    private static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Serverless.sln"))) folder = Path.GetDirectoryName(folder)!;
        return folder;
    }

    [GeneratedRegex(@"param alwaysReadyDurable int = (?<count>\d+)")]
    private static partial Regex AlwaysReady();
}
