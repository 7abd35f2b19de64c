namespace FuturesBot.Engine.Backtesting;

/// <summary>Names of a planned backtest's files on the shelf, below its id.</summary>
<<<<<<<< HEAD:core/Engine/Backtesting/PlannedBacktestFiles.cs
public static class PlannedBacktestFiles
========
public static class ShelfFiles
>>>>>>>> telemetry:core/Engine/Backtesting/ShelfFiles.cs
{
    public const string Plan = "plan.json";
    public const string Trades = "trades.jsonl";
    public const string Summary = "summary.json";

    /// <summary>Results of parts stand in this folder.</summary>
    public const string Parts = "parts/";

    /// <summary>A file of a backtest.</summary>
    public static string Of(string backtest, string file) => $"{backtest}/{file}";
}
