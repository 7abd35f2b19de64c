using System.Text;
using FuturesBot.Adapters.AzureStorage.Blobs;
using FuturesBot.Adapters.AzureStorage.Store;
using FuturesBot.Adapters.AzureStorage.Tables;
using FuturesBot.Engine.Ledger;
using FuturesBot.Engine.Ports;
using FuturesBot.Engine.Running;
using Xunit;

namespace FuturesBot.Adapters.Tests.AzureStorage;

[Collection(AzuriteCollection.Name)]
public sealed class AzureLedgerTests(AzuriteServer azurite)
{
    private const long Midnight = 1_767_225_600_000;   // 2026-01-01T00:00:00Z
    private const long HourMs = 3_600_000;
    private static readonly DateOnly First = new(2026, 1, 1);

    private readonly string _prefix = azurite.FreshName();

    [Fact]
    public async Task Commit_LinesOfTwoDays_StandInABlobADayAndTheChainRunsOn()
    {
        using var store = await OpenAsync();
        var mark = await LiveAsync(store, LedgerMark.Start, hours: 30);

        Assert.Equal([First, First.AddDays(1)], await store.Ledger.DaysAsync().ToListAsync());
        var lines = await TextAsync(store.Ledger);
        Assert.Equal(Expected(30), lines);
        var found = await store.Ledger.VerifyAsync();
        Assert.True(found.IsWhole, found.Fault);
        Assert.Equal((30, 2, 1), (found.Last.Seq, found.Days, found.Roots));
        Assert.Empty(found.Unpublished);
        var root = (await store.Ledger.RootAsync(First))!;
        Assert.Equal((1L, 24L, 24L), (root.FirstSeq, root.LastSeq, root.Lines));
        Assert.Null(await store.Ledger.RootAsync(First.AddDays(1)));
        // What is published is what the daily message says, what a look at the blobs finds, and what stands in a file of all the lines.
        Assert.Equal(root, mark.Root);
        Assert.Equal((First, root), (found.ByDay[0].Day, found.ByDay[0]));
        using var file = new MemoryStream(Encoding.UTF8.GetBytes(lines));
        Assert.Equal(found.ByDay, LedgerDays.Read(file));
    }

    [Fact]
    public async Task Open_RecordThatWasNotWorkedIn_CompletesTheLedgerOnce()
    {
        var mark = LedgerMark.Start;
        using (var store = await OpenAsync()) mark = await LiveAsync(store, mark, hours: 10);
        var state = azurite.Account.Table(_prefix + "state");
        var head = (await state.GetAsync("commits", "head"))!;
        // As it stands when the process dies before the lines are appended, and when it dies right after.
        for (var i = 0; i < 2; i++)
        {
            await state.ApplyAsync(TableAction.Upsert(new TableRow("commits", "head").With("seq", head.Long("seq")).With("applied", head.Long("seq") - 1)));
            using var again = await OpenAsync();
            Assert.Equal(Expected(10), await TextAsync(again.Ledger));
        }

        using (var store = await OpenAsync()) await LiveAsync(store, mark, hours: 30);
        using var last = await OpenAsync();
        Assert.Equal(Expected(30), await TextAsync(last.Ledger));
    }

    [Fact]
    public async Task Commit_ThatWasNeverDecided_LeavesNoLine()
    {
        using var store = await OpenAsync();
        var mark = await LiveAsync(store, LedgerMark.Start, hours: 2);
        var (_, lost) = Write(mark, 2, 3);
        using (var other = await OpenAsync()) await other.CommitAsync(new() { Values = new Dictionary<string, string> { ["clock"] = "theirs" } });
        await Assert.ThrowsAsync<StoreConflictException>(() => store.CommitAsync(lost));

        using var again = await OpenAsync();
        Assert.Equal(Expected(2), await TextAsync(again.Ledger));
    }

    [Fact]
    public async Task Commit_MoreThanOneAppendHolds_IsWhole()
    {
        using var store = await OpenAsync();
        var pieces = new LedgerPieceStream();
        using var ledger = new RunLedger(pieces, LedgerMark.Start);
        ledger.Turn(Midnight + HourMs);
        var text = new string('x', 100_000);
        using (var writer = new LedgerWriter(pieces, leaveOpen: true))
        {
            for (var i = 0; i < 60; i++) writer.Write(LedgerKind.Event, json => json.WriteString("text", text));
        }

        Assert.True(Assert.Single(pieces.Unsaved).Lines.Length > BlobContainer.AppendMaxBytes);
        await store.CommitAsync(new() { Ledger = pieces.Unsaved });

        var found = await store.Ledger.VerifyAsync();
        Assert.True(found.IsWhole, found.Fault);
        Assert.Equal(60, found.Last.Seq);
    }

    [Fact]
    public async Task Verify_ChainThatWasWrittenAnewAsAWhole_IsFoundByThePublishedRoot()
    {
        using var store = await OpenAsync();
        await LiveAsync(store, LedgerMark.Start, hours: 30);
        var anew = new LedgerPieceStream();
        WriteInto(anew, LedgerMark.Start, 0, 30, "other");
        var lines = azurite.Account.Container(_prefix + "-ledger");
        foreach (var day in anew.Unsaved)
        {
            var blob = $"main/{day.Day:yyyy-MM-dd}.jsonl";
            await lines.DeleteAsync(blob);
            await lines.CreateAppendAsync(blob);
            await lines.AppendAsync(blob, 0, day.Lines);
        }

        var found = await store.Ledger.VerifyAsync();

        Assert.Contains("written anew", found.Fault);
        Assert.Contains("2026-01-01", found.Fault);
    }

    [Fact]
    public async Task Verify_DayThatWasDeleted_IsFound()
    {
        using var store = await OpenAsync();
        await LiveAsync(store, LedgerMark.Start, hours: 60);
        await azurite.Account.Container(_prefix + "-ledger").DeleteAsync("main/2026-01-02.jsonl");

        Assert.Contains("2026-01-03", (await store.Ledger.VerifyAsync()).Fault);
    }

    [Fact]
    public async Task Commit_RootOfAnotherLedgerIsPublished_IsRefusedAndTheRootStays()
    {
        using var store = await OpenAsync();
        var theirs = new DayRoot(First, 1, 7, 700, new string('a', 64));
        await azurite.Account.Container(_prefix + "-roots").PutAsync("main/2026-01-01.json", theirs.ToBytes(), ifNew: true);

        var wrong = await Assert.ThrowsAsync<InvalidDataException>(() => LiveAsync(store, LedgerMark.Start, hours: 30));

        Assert.Contains(theirs.Hash, wrong.Message);
        Assert.Equal(theirs, await store.Ledger.RootAsync(First));
    }

    private Task<AzureStore> OpenAsync() => AzureStore.OpenAsync(azurite.Account, _prefix);

    /// <summary>A line an hour of market time, committed every five hours.</summary>
    private static async Task<LedgerMark> LiveAsync(AzureStore store, LedgerMark mark, int hours)
    {
        while (mark.Seq < hours)
        {
            var (next, change) = Write(mark, (int)mark.Seq, Math.Min(hours, (int)mark.Seq + 5));
            await store.CommitAsync(change);
            mark = next;
        }

        return mark;
    }

    private static (LedgerMark Mark, StateChange Change) Write(LedgerMark mark, int from, int to)
    {
        var pieces = new LedgerPieceStream();
        var next = WriteInto(pieces, mark, from, to, "halt");
        return (next, new() { Ledger = pieces.Unsaved, LedgerRoots = pieces.UnsavedRoots });
    }

    private static LedgerMark WriteInto(LedgerPieceStream pieces, LedgerMark mark, int from, int to, string by)
    {
        using var ledger = new RunLedger(pieces, mark);
        for (var hour = from; hour < to; hour++)
        {
            var closeMs = Midnight + ((hour + 1) * HourMs);
            ledger.Turn(closeMs);
            ledger.Halt(closeMs, new EntryHalt(closeMs, by));
        }

        return ledger.Mark();
    }

    /// <summary>What a file holds that was written without a pause.</summary>
    private static string Expected(int hours)
    {
        using var file = new MemoryStream();
        using var ledger = new RunLedger(file, LedgerMark.Start);
        for (var hour = 0; hour < hours; hour++) ledger.Halt(Midnight + ((hour + 1) * HourMs), new EntryHalt(Midnight + ((hour + 1) * HourMs), "halt"));
        ledger.Mark();
        return Encoding.UTF8.GetString(file.ToArray());
    }

    private static async Task<string> TextAsync(AzureLedger ledger)
    {
        using var all = new MemoryStream();
        await foreach (var day in ledger.DaysAsync()) await ledger.CopyAsync(day, all);
        return Encoding.UTF8.GetString(all.ToArray());
    }
}
