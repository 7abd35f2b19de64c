using FuturesBot.Engine.Ports;

namespace FuturesBot.Engine.Running;

/// <summary>
/// Carries effects out after they were committed. A process may die between carrying one out and noting that, so
/// a carrier must be able to tell what it has done already.
/// </summary>
public interface IEffectCarrier
{
    /// <summary>Asked once at start for each effect that is not noted as done.</summary>
    bool HasDone(StoredEffect effect);

    /// <summary>Does it; when this returns it is done, or is where it survives the process.</summary>
    Task CarryOutAsync(StoredEffect effect);
}
