namespace FuturesBot.Simulator.Market;

/// <summary>A candle of the mark price in hundredths of a tick.</summary>
internal readonly record struct MarkRow(long Open, long High, long Low, long Close);
