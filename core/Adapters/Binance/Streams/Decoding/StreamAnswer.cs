namespace FuturesBot.Adapters.Binance.Streams;

/// <summary>The exchange's answer to a request on a stream connection.</summary>
/// <param name="Id">The request's id; null when the exchange could not read it or sent none.</param>
/// <param name="Accepted">False when it carries an error. It says nothing about whether data will come.</param>
/// <param name="ErrorCode">The error's code, where there is one.</param>
public readonly record struct StreamAnswer(long? Id, bool Accepted, int? ErrorCode);
