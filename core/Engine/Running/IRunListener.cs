namespace FuturesBot.Engine.Running;

/// <summary>Is told what is new while the market is followed at its pace. Called under the runner's gate.</summary>
public interface IRunListener
{
    void Closed(in FeedCandle candle);

    void Changed(SignalRecord signal);

    void Refused(RefusalNote refusal);

    void Happened(JournalEntry entry);

    void RegimeChanged(string symbol);
}
