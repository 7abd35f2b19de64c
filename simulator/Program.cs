namespace FuturesBot.Simulator;

/// <summary>The exchange as a program of its own.</summary>
internal static class Program
{
    public static async Task<int> Main()
    {
        await using var exchange = await SimulatedExchange.StartAsync(new(), TimeProvider.System, null, default);
        Console.WriteLine(exchange.Rest);
        await Task.Delay(Timeout.Infinite);
        return 0;
    }
}
