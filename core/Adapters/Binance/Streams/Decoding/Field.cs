namespace FuturesBot.Adapters.Binance.Streams;

/// <summary>
/// Field names as they stand in the messages. A letter's value is its distance from <c>A</c>, so that reading one is
/// a subtraction; each value is a bit's place in a 64-bit set of the fields seen.
/// </summary>
internal enum Field : byte
{
    A = 'A' - 'A',
    B = 'B' - 'A',
    E = 'E' - 'A',
    L = 'L' - 'A',
    P = 'P' - 'A',
    Q = 'Q' - 'A',
    T = 'T' - 'A',
    U = 'U' - 'A',
    V = 'V' - 'A',
    a = 'a' - 'A',
    b = 'b' - 'A',
    c = 'c' - 'A',
    e = 'e' - 'A',
    f = 'f' - 'A',
    h = 'h' - 'A',
    i = 'i' - 'A',
    k = 'k' - 'A',
    l = 'l' - 'A',
    m = 'm' - 'A',
    n = 'n' - 'A',
    o = 'o' - 'A',
    p = 'p' - 'A',
    q = 'q' - 'A',
    r = 'r' - 'A',
    s = 's' - 'A',
    t = 't' - 'A',
    u = 'u' - 'A',
    v = 'v' - 'A',
    x = 'x' - 'A',

    /// <summary>The first free value behind <c>z</c>.</summary>
    pu = 'z' - 'A' + 1,
    st,
    ps,
    nq,
    ap,
}
