using FuturesBot.Engine.Chat.Delivery;
using FuturesBot.Engine.Ports;
using FuturesBot.TestKit;
using Xunit;

namespace FuturesBot.Adapters.Tests.Telegram;

/// <summary>What every outbox does, with the sender in front of it; each technology inherits it.</summary>
public abstract class OutboxContract
{
    private readonly ManualTime _time = new();
    private readonly RecordingMessenger _messenger = new();
    private readonly SenderNotes _notes = new();

    /// <summary>Opens the store, the same one each time.</summary>
    protected abstract Task<IRunStore> OpenAsync();

    /// <summary>A sender dies at a moment, and the next goes on: nothing is lost, the order is kept, at most one is repeated.</summary>
    protected async Task AssertKilledAtAsync(int moment)
    {
        using (var store = await OpenAsync())
        {
            var outbox = store.Outbox;
            await outbox.AddAsync(new() { Messages = [.. Life(1), .. Life(2)] });
            var dying = new CrashingOutbox(outbox, moment);
            using var sender = Sender(dying);
            await Assert.ThrowsAsync<CrashingOutbox.CrashException>(() => DrainAsync(sender, outbox));
            Assert.True(dying.HasCrashed);
        }

        using (var store = await OpenAsync())
        {
            var outbox = store.Outbox;
            // The effects that had made them are carried out again: nothing is doubled by that.
            Assert.Equal(0, await outbox.AddAsync(new() { Messages = [.. Life(1), .. Life(2)] }));
            using var sender = Sender(outbox);
            await DrainAsync(sender, outbox);
        }

        var repeats = _messenger.Chat.Count(one => one.Post.Html.Contains(DeliveryWords.Russian.Repeat, StringComparison.Ordinal));
        Assert.True(_messenger.Chat.Count <= 7, $"{_messenger.Chat.Count} messages: more than one doubled");
        Assert.True(repeats <= 1);
        foreach (var chat in (long[])[1, 2])
        {
            var seen = _messenger.Chat.Where(one => one.Post.ChatId == chat).ToList();
            // In order; a repeat follows the copy that may be missing, and says so.
            string[] order = [.. seen.Select(one => FirstLine(one.Post.Html)).Distinct()];
            Assert.Equal(["card, edited", "fill", "tp1"], order.Select(line => line == "card" ? "card, edited" : line).Distinct());
            var card = seen.Last(one => FirstLine(one.Post.Html) == "card, edited");
            Assert.All(seen.Where(one => FirstLine(one.Post.Html) is "fill" or "tp1"), one => Assert.Equal(card.Id, one.Post.ReplyTo));
        }
    }

    [Fact]
    public async Task StepAsync_OfALife_EditsTheCardAndPointsToIt()
    {
        using var store = await OpenAsync();
        var outbox = store.Outbox;
        using var sender = Sender(outbox);
        foreach (var message in Life(5))
        {
            await outbox.AddAsync(new() { Messages = [message] });
            await DrainAsync(sender, outbox);
        }

        Assert.Equal(["card, edited", "fill", "tp1"], _messenger.Chat.Select(one => one.Post.Html));
        Assert.Equal(_messenger.Chat[0].Id, Assert.Single(_messenger.Edits).Id);
        Assert.Equal(4, sender.Delivered);
    }

    [Fact]
    public async Task AddAsync_OfALaterLook_SupersedesTheOneThatWaits()
    {
        using var store = await OpenAsync();
        var outbox = store.Outbox;
        using var sender = Sender(outbox);
        await outbox.AddAsync(new() { Messages = [Of(1, "card") with { Card = "s" }, Edit(1, "first"), Edit(1, "second"), Edit(1, "third")] });
        await DrainAsync(sender, outbox);
        Assert.Equal("third", Assert.Single(_messenger.Edits).Post.Html);
    }

    [Fact]
    public async Task StepAsync_CardGone_BecomesANewMessageThatIsEditedFromThenOn()
    {
        using var store = await OpenAsync();
        var outbox = store.Outbox;
        using var sender = Sender(outbox);
        await outbox.AddAsync(new() { Messages = [Of(1, "card") with { Card = "s" }] });
        await DrainAsync(sender, outbox);
        _messenger.Next.Enqueue((new SendOutcome.Gone(), false));
        await outbox.AddAsync(new() { Messages = [Edit(1, "moved")] });
        await DrainAsync(sender, outbox);
        await outbox.AddAsync(new() { Messages = [Edit(1, "moved again")] });
        await DrainAsync(sender, outbox);

        Assert.Equal(["card", "moved again"], _messenger.Chat.Select(one => one.Post.Html));
        Assert.Equal(_messenger.Chat[1].Id, Assert.Single(_messenger.Edits).Id);
    }

    [Fact]
    public async Task StepAsync_AskedToWait_HoldsEveryChat()
    {
        using var store = await OpenAsync();
        var outbox = store.Outbox;
        using var sender = Sender(outbox);
        _messenger.Next.Enqueue((new SendOutcome.RetryAfter(TimeSpan.FromSeconds(17)), false));
        await outbox.AddAsync(new() { Messages = [Of(1, "a"), Of(2, "b")] });

        await sender.StepAsync(CancellationToken.None);
        Assert.Empty(_messenger.Chat);
        _time.Advance(TimeSpan.FromSeconds(16.9));
        await sender.StepAsync(CancellationToken.None);
        Assert.Empty(_messenger.Chat);
        _time.Advance(TimeSpan.FromSeconds(0.1));
        await DrainAsync(sender, outbox);
        Assert.Equal(["a", "b"], _messenger.Chat.Select(one => one.Post.Html));
    }

    [Fact]
    public async Task StepAsync_NoConnection_KeepsTheOrderOfThatChatAndSendsToOthers()
    {
        using var store = await OpenAsync();
        var outbox = store.Outbox;
        using var sender = Sender(outbox);
        _messenger.Next.Enqueue((new SendOutcome.NotSent("no route"), false));
        await outbox.AddAsync(new() { Messages = [Of(1, "first"), Of(1, "second"), Of(2, "other")] });
        await sender.StepAsync(CancellationToken.None);
        Assert.Equal(["other"], _messenger.Chat.Select(one => one.Post.Html));
        await DrainAsync(sender, outbox);
        Assert.Equal(["other", "first", "second"], _messenger.Chat.Select(one => one.Post.Html));
        Assert.Equal("no route", Assert.Single(_notes.Waits).Why);
    }

    [Fact]
    public async Task StepAsync_NobodyCanTell_RepeatsWithAWordAndGivesUpInTheEnd()
    {
        using var store = await OpenAsync();
        var outbox = store.Outbox;
        using var sender = Sender(outbox);
        for (var i = 0; i < 3; i++) _messenger.Next.Enqueue((new SendOutcome.Unknown("time-out"), true));
        await outbox.AddAsync(new() { Messages = [Of(1, "a"), Of(1, "b")] });
        await DrainAsync(sender, outbox);

        Assert.Equal(4, _messenger.Chat.Count);   // as many copies as it may be doubted, then the next message
        Assert.DoesNotContain(DeliveryWords.Russian.Repeat, _messenger.Chat[0].Post.Html);
        Assert.All(_messenger.Chat.Skip(1).SkipLast(1), one => Assert.Contains(DeliveryWords.Russian.Repeat, one.Post.Html));
        Assert.Equal("b", _messenger.Chat[^1].Post.Html);
        Assert.Single(_notes.Lost);
    }

    [Fact]
    public async Task StepAsync_Refused_GoesOnWithTheNext()
    {
        using var store = await OpenAsync();
        var outbox = store.Outbox;
        using var sender = Sender(outbox);
        _messenger.Next.Enqueue((new SendOutcome.Refused("403 bot was blocked by the user"), false));
        await outbox.AddAsync(new() { Messages = [Of(1, "a"), Of(1, "b")] });
        await DrainAsync(sender, outbox);
        Assert.Equal(["b"], _messenger.Chat.Select(one => one.Post.Html));
        Assert.Equal(1, (await outbox.CountAsync()).GivenUp);
    }

    [Fact]
    public async Task StepAsync_PictureCannotBeDrawn_SendsTheTextAlone()
    {
        using var store = await OpenAsync();
        var outbox = store.Outbox;
        using var sender = Sender(outbox, draw: (_, _) => throw new InvalidOperationException("no candles"));
        await outbox.AddAsync(new() { Messages = [Of(1, "a") with { PictureKey = "s" }] });
        await DrainAsync(sender, outbox);
        Assert.Null(Assert.Single(_messenger.Chat).Post.Picture);
        Assert.Equal(1, sender.PicturesFailed);
        Assert.Single(_notes.Faults);
    }

    [Fact]
    public async Task StepAsync_EditOfACardThatWasNeverSent_SendsItWithItsPictureAndDrawsNoMore()
    {
        using var store = await OpenAsync();
        var outbox = store.Outbox;
        var drawn = new List<string>();
        using var sender = Sender(outbox, draw: (key, _) =>
        {
            drawn.Add(key);
            return Wired.Png();
        });
        await outbox.AddAsync(new() { Messages = [Edit(1, "late step") with { PictureKey = "s" }] });
        await DrainAsync(sender, outbox);
        Assert.NotNull(Assert.Single(_messenger.Chat).Post.Picture);

        await outbox.AddAsync(new() { Messages = [Edit(1, "next step") with { PictureKey = "s" }] });
        await DrainAsync(sender, outbox);
        Assert.Null(Assert.Single(_messenger.Edits).Post.Picture);
        Assert.Equal(["s"], drawn);
    }

    [Fact]
    public async Task AddAsync_BeyondTheBound_CountsOldAnswersAndStepsAndKeepsSignals()
    {
        using var store = await OpenAsync();
        var outbox = store.Outbox;
        var messages = Enumerable.Range(0, 60).Select(i => Of(1, $"m{i}") with
        {
            Rank = (i % 3) switch { 0 => MessageRank.Low, 1 => MessageRank.Normal, _ => MessageRank.High },
        });
        await outbox.AddAsync(new() { Messages = [.. messages], WaitingMax = 30 });
        Assert.InRange((await outbox.CountAsync()).Waiting, 30, 31);

        using var sender = Sender(outbox);
        await DrainAsync(sender, outbox);
        var texts = _messenger.Chat.Select(one => one.Post.Html).ToList();
        for (var i = 2; i < 60; i += 3) Assert.Contains($"m{i}", texts);
        var line = Assert.Single(texts, text => text.StartsWith("Пропущено", StringComparison.Ordinal));
        Assert.Contains((60 - (texts.Count - 1)).ToString(System.Globalization.CultureInfo.InvariantCulture), line);
    }

    [Fact]
    public async Task ForgetAsync_OfOldOnes_KeepsWhatWaits()
    {
        using var store = await OpenAsync();
        var outbox = store.Outbox;
        using var sender = Sender(outbox);
        await outbox.AddAsync(new() { Messages = [Of(1, "a") with { Card = "s" }] });
        await DrainAsync(sender, outbox);
        await outbox.AddAsync(new() { Messages = [Of(1, "waits")] });
        Assert.Equal(2, await outbox.ForgetAsync(long.MaxValue, long.MaxValue));
        Assert.Equal("waits", Assert.Single(await outbox.LoadHeadsAsync()).Message.Html);
    }

    [Fact]
    public async Task AddAsync_ManyWithPicturesAndValues_KeepsAllOfThemAndEachOnce()
    {
        using var store = await OpenAsync();
        var outbox = store.Outbox;
        var picture = Enumerable.Range(0, 150_000).Select(i => (byte)(i % 251)).ToArray();
        var batch = new OutboxBatch
        {
            Messages = [.. Enumerable.Range(0, 95).Select(i => Of(i % 3, $"m{i}") with { Picture = i % 30 == 0 ? picture : null })],
            Values = new Dictionary<string, string> { ["seen/bot"] = "17" },
        };

        Assert.Equal(95, await outbox.AddAsync(batch));
        Assert.Equal(0, await outbox.AddAsync(batch));

        Assert.Equal(95, (await outbox.CountAsync()).Waiting);
        Assert.Equal("17", await outbox.LoadValueAsync("seen/bot"));
        var heads = await outbox.LoadHeadsAsync();
        Assert.Equal(["m0", "m1", "m2"], heads.Select(head => head.Message.Html));
        Assert.Equal(picture, heads[0].Message.Picture);
    }

    [Fact]
    public async Task AddAsync_FromTwoAtOnce_NumbersEachOnce()
    {
        using var one = await OpenAsync();
        using var two = await OpenAsync();
        await Task.WhenAll(((IRunStore[])[one, two]).Select(async (store, who) =>
        {
            for (var i = 0; i < 6; i++) await store.Outbox.AddAsync(new() { Messages = [Of(1, $"{who}-{i}")] });
        }));

        using var sender = Sender(one.Outbox);
        await DrainAsync(sender, one.Outbox);

        Assert.Equal(12, _messenger.Chat.Select(sent => sent.Post.Html).Distinct().Count());
        Assert.Equal(12, _messenger.Chat.Count);
        foreach (var who in (string[])["0", "1"])
            Assert.Equal(Enumerable.Range(0, 6).Select(i => $"{who}-{i}"), _messenger.Chat.Select(sent => sent.Post.Html).Where(html => html.StartsWith(who, StringComparison.Ordinal)));
    }

    /// <summary>A card, a fill and a target that point to it, and the card's new look.</summary>
    private static OutgoingMessage[] Life(long chat) =>
    [
        Of(chat, "card") with { Card = "s", Rank = MessageRank.High },
        Of(chat, "fill") with { Card = "s", Act = MessageAct.Reply },
        Of(chat, "tp1") with { Card = "s", Act = MessageAct.Reply },
        Edit(chat, "card, edited"),
    ];

    private static OutgoingMessage Edit(long chat, string html) => Of(chat, html) with { Card = "s", Act = MessageAct.Edit };

    private static OutgoingMessage Of(long chat, string html) => new() { Id = $"{html}@{chat}", ChatId = chat, Html = html };

    private static string FirstLine(string html) => html.Split('\n')[0];

    private async Task DrainAsync(OutboxSender sender, IOutbox outbox)
    {
        for (var i = 0; i < 500 && (await outbox.CountAsync()).Waiting > 0; i++) _time.Advance(await sender.StepAsync(CancellationToken.None));
        Assert.Equal(0, (await outbox.CountAsync()).Waiting);
    }

    private OutboxSender Sender(IOutbox outbox, Func<string, long, byte[]?>? draw = null) => new(new()
    {
        Outbox = outbox,
        Messenger = _messenger,
        Listener = _notes,
        Draw = draw ?? ((_, _) => null),
        Time = _time,
        Random = new Random(1),
    });
}
