namespace FuturesBot.Adapters.Binance.Vision;

/// <summary>The archive did not give a file as it should; the message says what is wrong in a sentence.</summary>
public sealed class VisionException : IOException
{
    public VisionException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
