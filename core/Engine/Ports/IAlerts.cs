namespace FuturesBot.Engine.Ports;

/// <summary>Takes alerts to people. Never throws, never blocks.</summary>
public interface IAlerts
{
    void Raise(Alert alert);
}
