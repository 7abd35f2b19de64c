using FuturesBot.Domain.Reporting;
using FuturesBot.Engine.Ports;
using FuturesBot.Engine.Sharding;
using FuturesBot.TestKit;
using Xunit;

namespace FuturesBot.Engine.Tests.Sharding;

public sealed class WatchdogTests
{
    private const long Minute = 60_000;

    private readonly ManualTime _time = new();
    private readonly Dictionary<string, Beat> _beats = [];
    private readonly List<PoisonMessage> _poison = [];
    private readonly Watchdog _dog;
    private long _head;
    private FollowerVerdict _verdict = FollowerVerdict.Unknown;

    public WatchdogTests() => _dog = new(new(), NowMs);

    private long NowMs => _time.GetUtcNow().ToUnixTimeMilliseconds();

    [Fact]
    public void Look_TimersStop_SaysSoOnceAgainAfterAnHourAndWhenTheyGoOn()
    {
        Beat("timers");
        Beat("orchestrations");
        Assert.Empty(After(TimeSpan.FromSeconds(1_199)));

        Beat("orchestrations");
        var silent = Assert.Single(After(TimeSpan.FromSeconds(2)));
        Assert.Equal(PartTrouble.Silent, Message(silent).Trouble);
        Assert.Contains("'timers'", silent.Text, StringComparison.Ordinal);

        var told = new List<Alert>();
        for (var i = 0; i < 61; i++)
        {
            Beat("orchestrations");
            told.AddRange(After(TimeSpan.FromMinutes(1)));
        }

        Assert.Equal(80, Message(Assert.Single(told)).Minutes);
        Assert.Single(_dog.Standing);

        Beat("timers");
        Beat("orchestrations");
        Assert.True(Message(Assert.Single(After(TimeSpan.Zero))).IsOver);
        Assert.Empty(_dog.Standing);
    }

    [Fact]
    public void Look_PartsThatWereNeverSeen_MayTakeAQuarterOfAnHourAndADeploymentToComeUp()
    {
        Assert.Empty(After(TimeSpan.FromMinutes(25)));

        var silent = After(TimeSpan.FromSeconds(1));

        Assert.Equal(["timers", "orchestrations"], silent.Select(alert => Message(alert).Part));
    }

    [Fact]
    public void Look_TheQueueTriggerStands_CountsHowLongTheOldestBatchWaits()
    {
        Beat("timers");
        Beat("orchestrations");
        Beat("market-events", number: 7);
        _head = 8;
        Assert.Empty(After(TimeSpan.FromSeconds(60)));
        _head = 9;
        BeatAll();
        Assert.Empty(After(TimeSpan.FromSeconds(59)));

        Beat("market-events", number: 8);   // batch 8 was taken in, 9 begins to wait now
        BeatAll();
        Assert.Empty(After(TimeSpan.FromSeconds(60)));
        BeatAll();
        Assert.Empty(After(TimeSpan.FromSeconds(59)));
        BeatAll();
        var behind = Message(Assert.Single(After(TimeSpan.FromSeconds(62))));
        Assert.Equal((PartTrouble.Behind, 1L), (behind.Trouble, behind.Count));

        Beat("market-events", number: 9);
        BeatAll();
        Assert.True(Message(Assert.Single(After(TimeSpan.FromSeconds(1)))).IsOver);
    }

    [Fact]
    public void Look_EachPoisonedMessage_IsToldWithItsReasonAndWhenNoneIsLeft()
    {
        BeatAll();
        _poison.Add(new("a", "market-events", NowMs, 5, "it was no batch", "{}"));
        var first = Message(Assert.Single(After(TimeSpan.Zero)));
        Assert.Equal((PartTrouble.Poison, 1L, "it was no batch"), (first.Trouble, first.Count, first.Detail));
        Assert.Empty(After(TimeSpan.FromSeconds(1)));

        _poison.Insert(0, new("b", "market-events", NowMs, 5, "another reason", "{}"));
        Assert.Equal(2, Message(Assert.Single(After(TimeSpan.Zero))).Count);

        _poison.Clear();
        Assert.True(Message(Assert.Single(After(TimeSpan.Zero))).IsOver);
    }

    [Fact]
    public void Look_TheSecondComputationDiffers_IsToldUntilBothAgree()
    {
        BeatAll();
        Beat("market-events", number: 12);
        _verdict = FollowerVerdict.Differs;
        var differs = Message(Assert.Single(After(TimeSpan.Zero)));
        Assert.Equal((PartTrouble.Differs, 12L), (differs.Trouble, differs.Count));

        _verdict = FollowerVerdict.Unknown;   // says nothing: what was told stays
        Assert.Empty(After(TimeSpan.FromSeconds(1)));
        Assert.Single(_dog.Standing);

        _verdict = FollowerVerdict.Agrees;
        Assert.True(Message(Assert.Single(After(TimeSpan.Zero))).IsOver);
    }

    private void BeatAll()
    {
        Beat("timers");
        Beat("orchestrations");
    }

    private void Beat(string part, long number = 0) => _beats[part] = new(part, NowMs, number);

    private IReadOnlyList<Alert> After(TimeSpan span)
    {
        _time.Advance(span);
        return [.. _dog.Look(new(NowMs, [.. _beats.Values], _head, [.. _poison], _verdict)).Select(AlertTexts.Check)];
    }

    private static PartAlert Message(Alert alert) => Assert.IsType<PartAlert>(alert.Message);
}
