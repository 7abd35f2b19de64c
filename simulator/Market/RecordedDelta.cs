namespace FuturesBot.Simulator.Market;

/// <summary>A depth event as recorded; its levels lie in the recording's list, bids first.</summary>
internal readonly record struct RecordedDelta(
    long EventMs, long TransactionMs, long FirstId, long LastId, long PreviousLastId, int From, int Bids, int Asks);
