using FuturesBot.Engine.Chat;

namespace FuturesBot.Engine.Ports;

/// <summary>Draws the chart that goes out with a signal.</summary>
public interface ISignalPicture
{
    /// <summary>A PNG of 1000 × 560, or null when there are too few candles for a chart.</summary>
    byte[]? Draw(SignalPictureFacts facts);
}
