namespace FuturesBot.Engine.Backtesting;

/// <summary>Names of a planned backtest's files on the shelf, below its id.</summary>
public static class ShelfFiles
{
    public const string Plan = "plan.json";
    public const string Trades = "trades.jsonl";
    public const string Summary = "summary.json";

    /// <summary>Results of parts stand in this folder.</summary>
    public const string Parts = "parts/";

    /// <summary>A file of a backtest.</summary>
    public static string Of(string backtest, string file) => $"{backtest}/{file}";
}
