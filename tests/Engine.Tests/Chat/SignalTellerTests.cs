using System.Text.RegularExpressions;
using FuturesBot.Domain.Risk;
using FuturesBot.Domain.Signals;
using FuturesBot.Engine.Chat;
using FuturesBot.Engine.Chat.Delivery;
using FuturesBot.Engine.Ledger;
using FuturesBot.Engine.Running;
using Xunit;

namespace FuturesBot.Engine.Tests.Chat;

/// <summary>What a chat hears of a run of eight days, two of which lie before anybody listens.</summary>
public sealed partial class SignalTellerTests
{
    private const long Day = 86_400_000;

    // The run goes live at 21:00 UTC, an hour before the day ends at 23:59 in Kyiv.
    private static long FirstEvening => ToldRun.LiveFromMs + (59 * 60_000);

    private static readonly Lazy<Task<ToldRun>> Calm = new(async () =>
    {
        var run = new ToldRun();
        await run.LiveAsync(ToldRun.EndMs, Cancel);
        return run;
    });

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Of_ARun_TellsEachSignalByOneCardThatItsStepsEditAndAnswer()
    {
        var run = await Calm.Value;
        var told = run.Told.Where(one => one.Effect.Kind == Effects.Notify).ToArray();
        var all = run.Runner.Signals.Live.Concat(run.Runner.Signals.Ended).ToDictionary(record => record.State.Plan.Id.Value, StringComparer.Ordinal);
        Assert.True(told.Length > 30, $"only {told.Length} messages");

        foreach (var signal in told.GroupBy(one => one.Effect.SignalId))
        {
            var record = all[signal.Key];
            var cards = signal.Where(one => one.Message.Act != MessageAct.Reply).Select(one => one.Message).ToArray();
            var isLate = record.State.Plan.DecidedAtMs <= ToldRun.LiveFromMs;
            Assert.Equal(isLate ? MessageAct.Edit : MessageAct.New, cards[0].Act);   // a late step edits what is not there: it becomes the card
            Assert.All(cards.Skip(1), card => Assert.Equal(MessageAct.Edit, card.Act));
            Assert.All(cards, card => Assert.Equal(SignalTeller.PictureOf(record.State.Plan.Id), card.PictureKey));
            Assert.All(signal, one => Assert.Equal(signal.Key, one.Message.Card));
            Assert.All(signal.Where(one => one.Message.Act == MessageAct.Reply), reply =>
            {
                Assert.Null(reply.Message.PictureKey);
                Assert.True(reply.Message.Silent);
            });
            Assert.Equal(isLate, cards[0].Silent);
        }

        // Of what was refused before it had a card, nothing.
        Assert.DoesNotContain(told, one => !all[one.Effect.SignalId].Events.Any(happened => happened is SignalEvent.EntryPlaced));
        Assert.Contains(told, one => all[one.Effect.SignalId].State.Plan.DecidedAtMs <= ToldRun.LiveFromMs);
        // A market entry fills with the next candle: no message of its own. A limit entry's fill has one.
        Assert.All(
            told.Where(one => one.Message.Act == MessageAct.Reply && all[one.Effect.SignalId].Events.Any(
                happened => happened is SignalEvent.EntryFilled && one.Effect.Id.StartsWith(happened.EventId + "-", StringComparison.Ordinal))),
            one => Assert.Equal(EntryType.Limit, all[one.Effect.SignalId].State.Plan.EntryType));
        var ends = told.Where(one => one.Message.Act == MessageAct.Reply && all[one.Effect.SignalId].Events.Any(
            happened => happened is SignalEvent.Closed && one.Effect.Id.StartsWith(happened.EventId + "-", StringComparison.Ordinal))).ToArray();
        Assert.NotEmpty(ends);
        // The regime has its direction and how sure it is.
        var cardTexts = told.Where(one => one.Message.Act == MessageAct.New).Select(one => one.Message.Html).ToArray();
        Assert.All(cardTexts, html => Assert.Matches(RegimeLine(), html));
        Assert.DoesNotContain(cardTexts, html => html.Contains("тренд (", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Of_ARun_SumsUpEachDayAndWeekOnce()
    {
        var run = await Calm.Value;
        var summaries = run.Told.Where(one => one.Effect.Kind == Effects.Summary).ToArray();
        var days = summaries.Where(one => one.Effect.Id.StartsWith("day-", StringComparison.Ordinal)).ToArray();

        // Candles of 15 minutes: the close after the minute is the first that can tell. No day before the start is told.
        Assert.Equal(
            Enumerable.Range(0, days.Length).Select(i => FirstEvening + (i * Day)), days.Select(one => one.Effect.CreatedAtMs));
        Assert.All(days, one => Assert.Equal(one.Effect.CreatedAtMs + 60_000, one.AtMs));
        Assert.Equal(6, days.Length);
        var week = Assert.Single(summaries, one => one.Effect.Id.StartsWith("week-", StringComparison.Ordinal));
        Assert.Equal(DayOfWeek.Sunday, DateTimeOffset.FromUnixTimeMilliseconds(week.Effect.CreatedAtMs).DayOfWeek);
        // The ledger's head at that moment is published, whole.
        Assert.All(days, one => Assert.Matches(HashLine(), one.Message.Html));
        Assert.Equal(days.Length, days.Select(one => HashLine().Match(one.Message.Html).Value).Distinct().Count());
        // And the root of the newest UTC day that is over: 23:59 in Kyiv is in the evening of the next.
        var roots = LedgerDays.Read(new MemoryStream(run.Ledger.ToArray()));
        Assert.All(days, one =>
        {
            var day = DateOnly.FromDateTime(DateTimeOffset.FromUnixTimeMilliseconds(one.Effect.CreatedAtMs).UtcDateTime).AddDays(-1);
            var root = roots.Single(root => root.Day == day);
            Assert.Contains($"Корень {day:dd.MM} UTC: <code>{root.Short}</code>, {root.Lines} стро", one.Message.Html, StringComparison.Ordinal);
        });
        Assert.Equal(run.Runner.LedgerPosition, new(roots[^1].LastSeq, roots[^1].Hash));
        Assert.Equal(run.Ledger.Length, roots.Sum(root => root.Bytes));
        Assert.All(days, one => Assert.DoesNotContain("Нет данных: отказы", one.Message.Html, StringComparison.Ordinal));
        // The run began to decide within the week: its summary says from when it counts.
        Assert.Contains("Отказы считаем с", week.Message.Html, StringComparison.Ordinal);
        Assert.All(days, one => Assert.DoesNotContain("Отказы считаем с", one.Message.Html, StringComparison.Ordinal));
        // What was refused in all the days is what the board has counted.
        var counted = run.Runner.Days.Days.Sum(day => day.Refusals.Values.Sum());
        Assert.Equal(run.Runner.Refusals.Reasons.Sum(reason => reason.Count), counted);
    }

    [Fact]
    public async Task Of_ARunThatStopsAndGoesOn_TellsTheSameAndNothingTwice()
    {
        var calm = await Calm.Value;
        using var first = new ToldRun();
        await first.LiveAsync(ToldRun.LiveFromMs + (2 * Day), Cancel);
        using var second = new ToldRun(first);
        await second.LiveAsync(ToldRun.EndMs, Cancel);

        string[] told = [.. first.Told.Concat(second.Told).Select(one => one.Message.Id)];
        Assert.Equal(calm.Told.Select(one => one.Message.Id), told);
        Assert.Equal(told.Length, told.Distinct().Count());
        Assert.Equal(
            calm.Told.Where(one => one.Effect.Kind == Effects.Summary).Select(one => one.Message.Html),
            first.Told.Concat(second.Told).Where(one => one.Effect.Kind == Effects.Summary).Select(one => one.Message.Html));
        // Regime and its confidence survive.
        Assert.Equal(
            calm.Runner.Signals.Ended.Select(record => (record.RegimeLabel, record.RegimeConfidence)),
            second.Runner.Signals.Ended.Select(record => (record.RegimeLabel, record.RegimeConfidence)));
    }

    [Fact]
    public async Task Of_ASignalThatIsOnlyFollowed_SaysSoAndOneThatWasRefusedSaysNothing()
    {
        var run = await Calm.Value;
        var (record, placed) = run.Runner.Signals.Ended
            .Select(one => (one, one.Events.OfType<SignalEvent.EntryPlaced>().FirstOrDefault())).First(one => one.Item2 is not null);
        var plan = record.State.Plan with { Id = new("followed"), Execution = "shadowed by another" };
        var begun = placed! with { SignalId = plan.Id };
        run.Runner.Signals.Moved(begun, new SignalState.PendingEntry(plan.ExpiresAtMs) { Plan = plan }, state => record with { State = state, Events = [] });
        var refusedPlan = plan with { Id = new("refused") };
        var refused = new SignalEvent.Refused(Domain.Risk.Refusal.Conflict) { SignalId = refusedPlan.Id, Sequence = 1, AtMs = 0 };
        run.Runner.Signals.Moved(refused, new SignalState.Created { Plan = refusedPlan }, state => record with { State = state, Events = [] });

        await run.CarryOutAsync(new($"{begun.EventId}-notify", plan.Id.Value, Effects.Notify, "{}", 0));
        await run.CarryOutAsync(new($"{refused.EventId}-notify", refusedPlan.Id.Value, Effects.Notify, "{}", 0));

        var card = Assert.Single(run.Told, one => one.Effect.SignalId is "followed" or "refused").Message;
        run.Told.RemoveAll(one => one.Effect.SignalId == "followed");
        Assert.Equal("followed", card.Card);
        Assert.Contains("Только наблюдаем: по этой паре сделка уже есть", card.Html, StringComparison.Ordinal);
    }

    [Fact]
    public void RegimeLabel_OfARecordWithoutDirection_IsTheRegimeAlone()
    {
        var record = new SignalRecord { State = null!, ScoreParts = [], ScoresItself = false, Regime = "Trend", Predicates = [] };

        Assert.Equal("TREND", record.RegimeLabel);
        Assert.Equal("TREND up", (record with { RegimeDirection = Domain.Analysis.Bias.Bullish }).RegimeLabel);
        Assert.Equal("RANGE", (record with { Regime = "Range", RegimeDirection = Domain.Analysis.Bias.Bullish }).RegimeLabel);
    }

    [GeneratedRegex(@"Рынок 4ч: (тренд вверх|тренд вниз|сжатие|рваный рынок|боковик|не определился)( \(\d+ из 100\))?")]
    private static partial Regex RegimeLine();

    [GeneratedRegex("<code>[0-9a-f]{64}</code>")]
    private static partial Regex HashLine();
}
