using System.Net;
using System.Net.Sockets;

namespace MediaSecurityLite.Lab.Product;

/// <summary>Finds a port of the loopback interface that nobody listens on.</summary>
internal static class FreePort
{
    /// <param name="wanted">Taken if it is free; 0 for any.</param>
    public static int Find(int wanted = 0)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, wanted);
            listener.Start();
            return ((IPEndPoint)listener.LocalEndpoint).Port;
        }
        catch (SocketException) when (wanted != 0)
        {
            return Find();
        }
    }
}
