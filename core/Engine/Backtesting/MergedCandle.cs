using System.Runtime.InteropServices;
using FuturesBot.Domain.Market;

namespace FuturesBot.Engine.Backtesting;

/// <summary>A candle in the merged stream.</summary>
/// <param name="Series">Index into <see cref="ChronologicalMerge.Series"/>.</param>
/// <param name="Candle">The closed candle.</param>
[StructLayout(LayoutKind.Sequential)]
public readonly record struct MergedCandle(int Series, Candle Candle);
