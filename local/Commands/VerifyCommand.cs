using System.CommandLine;
using FuturesBot.Engine.Ledger;

namespace FuturesBot.Local.Commands;

/// <summary><c>verify</c>: checks a ledger's hash chain.</summary>
internal static class VerifyCommand
{
    public static Command Create()
    {
        var ledger = new Argument<FileInfo>("ledger") { Description = "decisions.jsonl" };
        var command = new Command("verify", "checks that a ledger was not edited, cut or reordered") { ledger };
        command.SetAction(parsed =>
        {
            using var stream = parsed.GetValue(ledger)!.OpenRead();
            var verdict = LedgerVerifier.Verify(stream);
            Console.WriteLine(verdict);
            return verdict.IsWhole ? 0 : 1;
        });
        return command;
    }
}
