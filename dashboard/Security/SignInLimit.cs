namespace FuturesBot.Dashboard;

/// <summary>How often somebody may try to sign in: per address and over all, in windows of a minute.</summary>
internal sealed class SignInLimit(TimeProvider time)
{
    public const int PerAddress = 5;
    public const int Overall = 30;

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    // At most Overall addresses are in here: the window is emptied when it ends.
    private readonly Dictionary<string, int> _tries = [];
    private readonly Lock _gate = new();
    private DateTimeOffset _began = time.GetUtcNow();
    private int _all;

    /// <returns>How long to wait; null when the try is allowed, which counts it.</returns>
    public TimeSpan? Try(string address)
    {
        lock (_gate)
        {
            var now = time.GetUtcNow();
            if (now - _began >= Window)
            {
                _began = now;
                _all = 0;
                _tries.Clear();
            }

            var own = _tries.GetValueOrDefault(address);
            if (_all >= Overall || own >= PerAddress) return _began + Window - now;
            _all++;
            _tries[address] = own + 1;
            return null;
        }
    }
}
