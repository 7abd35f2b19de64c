using FuturesBot.TestKit;
using Xunit;

namespace FuturesBot.Engine.Tests.Chat;

/// <summary>Every answer as it was approved, in both languages.</summary>
public sealed class CommandTextTests
{
    public static TheoryData<string, string, string> Asked { get; } = new()
    {
        { "start", "/start", "" },
        { "help", "/help", "" },
        { "menu", "/menu", "" },
        { "status", "/status", "" },
        { "status-trouble", "/status", "trouble" },
        { "status-empty", "/status", "empty" },
        { "strategies", "/strategies", "" },
        { "performance", "/performance 30", "" },
        { "performance-two-days", "/performance 1", "" },
        { "performance-empty", "/performance", "empty" },
        { "performance-bad", "/performance 366", "" },
        { "ap-stats", "/ap_stats 60", "" },
        { "ap-stats-empty", "/ap_stats", "empty" },
        { "stats", "/stats", "" },
        { "stats-empty", "/stats", "empty" },
        { "regime-stats", "/regime_stats", "" },
        { "confluence-stats", "/confluence_stats", "" },
        { "validate", "/validate", "" },
        { "validate-trouble", "/validate", "trouble" },
        { "validate-symbol", "/validate sol", "trouble" },
        { "latency", "/latency", "" },
        { "latency-trouble", "/latency", "trouble" },
        { "latency-empty", "/latency", "empty" },
        { "report", "/report", "" },
        { "report-empty", "/report", "empty" },
        { "closed", "/closed 24", "" },
        { "closed-empty", "/closed", "empty" },
        { "closed-bad", "/closed yesterday", "" },
        { "why", "/why sol", "" },
        { "why-empty", "/why BTCUSDT", "empty" },
        { "why-nothing", "/why", "" },
        { "why-unknown", "/why SOLUSD", "" },
        { "size", "/size SOLUSDT", "" },
        { "size-risk", "/size sol 0,25", "" },
        { "size-stop", "/size ETH 1% 4250", "" },
        { "size-atr", "/size ETHUSDT", "" },
        { "size-capped", "/size ETH 1 4299.5", "" },
        { "size-short", "/size ETH 0.5 4350", "" },
        { "size-small", "/size ETH 0.01 4000", "" },
        { "size-empty", "/size SOL", "empty" },
        { "size-bad-risk", "/size SOL 50", "" },
        { "size-bad-stop", "/size ETH 1 1", "" },
        { "signals", "/signals", "" },
        { "signals-empty", "/signals", "empty" },
        { "pause", "/pause", "" },
        { "pause-again", "/pause", "halted" },
        { "resume", "/resume", "halted" },
        { "resume-again", "/resume", "" },
        { "settings", "/settings", "" },
        { "settings-quiet", "/settings quiet 23-7", "" },
        { "settings-bad", "/settings threshold 2", "" },
        { "settings-bad-hours", "/settings quiet 25-7", "" },
        { "language", "/language", "" },
        { "language-bad", "/language de", "" },
        { "unknown", "/statsu", "" },
        { "unknown-far", "привет, как дела?", "" },
        { "too-many", "/status now", "" },
    };

    [Theory]
    [MemberData(nameof(Asked))]
    public async Task Answer_OfACommand_IsAsApproved(string name, string text, string state)
    {
        var both = "";
        foreach (var english in (bool[])[false, true])
        {
            using var desk = new Desk();
            desk.Book.HasTrouble = state == "trouble";
            desk.Book.IsEmpty = state == "empty";
            if (state == "halted") desk.Book.Halt = new(FixedBook.Now - 3_600_000, "chat");
            if (english) await desk.EnglishAsync();

            var reply = await desk.WriteAsync(text);

            LegalReply.Check(reply);
            Assert.Empty(desk.Failures);
            var buttons = string.Concat(reply.Buttons.Select(row => "\n" + string.Join(' ', row.Select(button => $"[{button.Text} → {button.Data}]"))));
            both += (english ? "\n\n---- en\n" : "---- ru\n") + reply.Html + (buttons.Length > 0 ? "\n" + buttons : "");
        }

        Snapshot.Match(both, "command-" + name);
    }
}
