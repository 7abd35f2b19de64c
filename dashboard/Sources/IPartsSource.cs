namespace FuturesBot.Dashboard;

/// <summary>Parts of the system that run elsewhere, and what they could not take in.</summary>
public interface IPartsSource
{
    /// <summary>The newest sign of life of each part.</summary>
    IReadOnlyList<BeatView> Beats();

    /// <summary>Messages that could not be taken in, the newest first.</summary>
    IReadOnlyList<PoisonView> Poison(int limit);

    /// <summary>Lets go of one after somebody has looked; false when there is none of this id.</summary>
    Task<bool> RemoveAsync(string id, CancellationToken cancel);
}
