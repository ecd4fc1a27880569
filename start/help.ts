/** Everything `npm start` and `npm run signin` understand. */
export const help = `Caravan puts a car on the Internet: a car computer, its cockpit, a cloud, a phone page and a console.

  npm start                         everything on this machine, with one simulated car
  npm start -- FLAGS                the same, with flags
  npm run signin                    a new one-time sign-in link, while Caravan runs

What runs
  --cars N                          N simulated cars (1 to 200); car n has its cockpit at port 8090 + n - 1
  --map FILE                        another city, from an OpenStreetMap extract (.osm.pbf or .osm) or GeoJSON
  --replay FILE                     plays a recording in place of the first car's simulator
  --can BUS                         a real car's CAN bus: can0 (SocketCAN), /dev/ttyACM0 or tcp:HOST:PORT (slcan)
  --can-bitrate N                   of slcan adapters; 500000 unless told
  --dbc FILE --map-to-vss FILE      what the frames of --can, or of a candump recording in --replay, mean: see docs/drivers.md
  --driver DIR                      both from a driver's folder, such as extensions/drivers/example; alone it plays its recording
  --obd DEVICE                      a real car's OBD socket through an ELM327: /dev/rfcomm0 (@BAUD after it), or tcp:HOST:PORT
  --gps DEVICE                      its satellite receiver: a serial port or tcp:HOST:PORT with NMEA, or gpsd:HOST:PORT
  --at LAT,LON                      sets the first simulated car down on the road nearest to there; again for the second
  --car-only                        no cloud on this machine
  --cloud-only                      no car on this machine
  --cloud-url URL --enrol CODE      with --car-only: the cloud on another machine, and the code with which the car joins it

Where
  --data DIR                        the folder for everything that is kept; ./data unless CARAVAN_DATA names another
  --port N                          the cloud's port (8080); the car's is 10 above it, the broker's 803 above it
  --host NAME                       the address to listen on; localhost unless told, 0.0.0.0 for all networks
  --public-url URL                  the address under which browsers reach the cloud, such as https://cars.example
  DATABASE_URL                      in the environment: another PostgreSQL in place of the embedded one

Data
  --backup FILE                     writes one file with the database and all cars' files; also while Caravan runs
  --restore FILE                    fills an empty data folder from such a file; with --reset it replaces what is there
  --reset                           forgets everything in the data folder, after asking; then starts anew
  --yes                             answers that question

Signing in
  npm run signin                                       a link for the first account, which is an operator
  npm run signin -- --name NAME [--role owner]         a link for the account of that name; made if there is none
                    [--role operator] [--vehicle ID]   its role, and a vehicle to give it

  --help, --version

Ctrl-C stops everything. Killing it loses nothing that was acknowledged; the next start takes over.`;
