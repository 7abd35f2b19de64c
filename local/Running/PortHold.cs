using System.Net;
using System.Net.Sockets;
using FuturesBot.Dashboard;

namespace FuturesBot.Local.Running;

/// <summary>
/// The page's port, bound from the start of a run to the moment at which its server takes it: making the past may take a
/// minute, and that another program listens there must be known before.
/// </summary>
internal sealed class PortHold : IDisposable
{
    private readonly Socket? _socket;

    private PortHold(Socket? socket) => _socket = socket;

    /// <exception cref="SocketException">It cannot be had.</exception>
    public static PortHold Take(DashboardOptions page)
    {
        if (page.Port == 0) return new(null);   // any free one
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(page.LoopbackOnly ? IPAddress.Loopback : IPAddress.Any, page.Port));
            return new(socket);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    public void Dispose() => _socket?.Dispose();
}
