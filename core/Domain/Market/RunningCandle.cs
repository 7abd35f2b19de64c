namespace FuturesBot.Domain.Market;

/// <summary>
/// The candle that has not closed yet: drawn on charts, never decided on. Only <see cref="Close"/>
/// turns it into a <see cref="Candle"/>, and only once market time has passed its end.
/// </summary>
public readonly record struct RunningCandle(TimeFrame Frame, Candle SoFar)
{
    public long CloseTimeMs => SoFar.CloseTimeMs(Frame);

    /// <exception cref="InvalidOperationException">The candle's end has not been reached.</exception>
    public Candle Close(long marketTimeMs) =>
        marketTimeMs >= CloseTimeMs
            ? SoFar
            : throw new InvalidOperationException(
                $"Candle that closes at {CloseTimeMs} was closed at {marketTimeMs}, before its end");
}
