namespace FuturesBot.Adapters.Binance.Rest;

/// <summary>An answer is not of the form it should have. Caught where the answer is read.</summary>
internal sealed class MalformedException(string message) : Exception(message);
