using System.CommandLine;

namespace FuturesBot.Simulator;

/// <summary>The exchange as a program of its own.</summary>
internal static class Program
{
    private const int BadUsage = 2;

    public static async Task<int> Main(string[] args)
    {
        var root = new RootCommand("A simulated Binance USDT-M futures exchange on loopback.");
        ExchangeProgram.Fill(root);
        var parsed = root.Parse(args);
        if (parsed.Errors.Count == 0) return await parsed.InvokeAsync();

        foreach (var error in parsed.Errors) await Console.Error.WriteLineAsync(error.Message);
        return BadUsage;
    }
}
